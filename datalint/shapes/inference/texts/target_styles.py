"""A text and what was made of it for a wanted level or style, which is read and not learned: ``target_level``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.name_pairs import are_pair
from datalint.shapes.evidence.sampled import Holds, SampledColumn
from datalint.shapes.evidence.sampling import columns_of
from datalint.shapes.guess import Guess, keys_of
from datalint.support.names.column_names import fold_name

#: First words of the names of what is wanted.
_WANTED: Final = ("target", "desired", "requested")


def made_as_wanted(guess: Guess | None, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return a guess that reads what was wanted of the second text of a pair, and learns that text.

    Any other guess is unchanged.
    """
    found = {} if guess is None else dict(guess.columns)
    wanted = [each.key for each in columns_of(rows) if _is_wanted(each)]
    meaning = "context" if "context" in found else "response"
    made = keys_of(meaning, found.get(meaning, ""))
    if guess is None or "prompt" not in found or len(wanted) != 1 or len(made) != 1 or made == (*wanted,):
        return guess
    if "context" in found and found.get("response") != wanted[0]:
        return guess
    if not are_pair(found["prompt"], made[0]):
        return guess
    sides = {"prompt": found["prompt"], "context": wanted[0], "response": made[0]}
    return Guess.of(sides, clear=True, basis="names")


def _is_wanted(column: SampledColumn) -> bool:
    words = fold_name(column.key)
    return len(words) > 1 and words[0] in _WANTED and column.short and column.holds not in (Holds.NOTHING, Holds.NUMBER)

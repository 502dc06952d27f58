"""Names of things under a key that says that they are right, such as ``ground_truth_name``: they are the answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.sampled import Holds, SampledColumn, columns_of
from datalint.shapes.guess import Guess, can_be_typed, keys_of
from datalint.support.names.column_names import Strength, fold_name, strength

#: First words of the keys of right answers, and last words of the keys of things by their names.
_GOLD: Final = (("gold",), ("golden",), ("groundtruth",), ("ground", "truth"))
_NAMED: Final = frozenset(
    """name names title entity item value function tool api command concept premise lemma theorem definition decl
    declaration""".split()
)
#: Meanings of the guesses that are looked at.
_MEANINGS: Final = frozenset(("system", "prompt", "context", "response", "category"))


def with_gold(guess: Guess | None, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return a guess about prompts that learns the only right name of the rows, instead of another short text."""
    found = {} if guess is None else dict(guess.columns)
    keys = [key for key in rows[0] if isinstance(key, str) and _is_gold(key)] if rows else []
    if guess is None or len(keys) != 1 or "prompt" not in found or not found.keys() <= _MEANINGS:
        return guess
    [gold] = keys
    answers = keys_of("response", found.get("response", ""))
    if gold in guess.named or not can_be_typed(gold) or any(map(_is_answer, filter(None, answers))):
        return guess
    column = next((each for each in columns_of(rows) if each.key == gold), None)
    if column is None or not _holds_names(column):
        return guess
    more = {key: value for key, value in found.items() if key != "category" or value not in answers}
    # Another text may be an answer as well.
    return Guess.of(more | {"response": gold}, clear=guess.clear and "response" not in found, basis=guess.basis)


def _is_gold(key: str) -> bool:
    words = fold_name(key)
    return words[-1:] != words and words[-1] in _NAMED and any(words[: len(first)] == first for first in _GOLD)


def _is_answer(key: str) -> bool:
    """Return whether a key names an answer or a label itself."""
    return any(strength(key, meaning) >= Strength.HEAD for meaning in ("response", "category", "written"))


def _holds_names(column: SampledColumn) -> bool:
    return column.holds is Holds.LABEL or (column.holds in (Holds.TEXT, Holds.REFERENCE) and column.short)

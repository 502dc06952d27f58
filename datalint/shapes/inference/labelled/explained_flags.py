"""A text, a flag that says something of it, and why: both are learned, not the reason alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.names import REASONS, has_word, is_flag
from datalint.shapes.evidence.sampled import LEAST_ROWS
from datalint.shapes.evidence.sampling import columns_of
from datalint.shapes.guess import JOIN, Guess, can_be_typed
from datalint.support.names.column_names import fold_name

#: The first word of the names of such flags.
_IS: Final = "is"
#: Words of the names of flags that say of an answer whether it is right.
_JUDGED: Final = ("correct", "right", "incorrect", "wrong")


def with_explained_flag(guess: Guess | None, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return a guess that learns a flag of the text with the reason for it; any other guess unchanged."""
    found = {} if guess is None else dict(guess.columns)
    reason = found.get("response", "")
    flags = [each.key for each in columns_of(rows) if each.binary and is_flag(each) and fold_name(each.key)[0] == _IS]
    if guess is None or not has_word(reason, REASONS) or JOIN in reason:
        return guess
    if guess.clear and len(rows) < LEAST_ROWS:
        return guess
    if any(has_word(key, _JUDGED) for key in flags):
        return guess  # whether an answer to the prompt is right, which has a reason of its own
    if len(flags) != 1 or "prompt" not in found or flags[0] in found.values() or not can_be_typed(flags[0]):
        return guess
    sides = found | {"response": JOIN.join((flags[0], reason))}
    return Guess.of(sides, clear=guess.clear, basis=guess.basis)

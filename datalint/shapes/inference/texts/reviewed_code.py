"""Reviews and explanations of code: the code is read with what is said of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.names import has_word
from datalint.shapes.evidence.sampled import Holds
from datalint.shapes.evidence.sampling import columns_of
from datalint.shapes.guess import Guess, can_be_typed, keys_of

#: Words of the names of code.
_CODE: Final = ("code", "patch", "diff", "hunk", "snippet", "function", "method", "program")


def with_code(guess: Guess | None, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return a guess about two texts with the only code of its row as context, which neither of them is."""
    found = {} if guess is None else dict(guess.columns)
    if guess is None or not {"prompt", "response"} <= found.keys() or "context" in found:
        return guess
    used = [key for side in ("prompt", "response") for key in keys_of(side, found[side])]
    code = [each.key for each in columns_of(rows) if each.holds is Holds.TEXT and each.code]
    if len(code) != 1 or code[0] in used or not has_word(code[0], _CODE) or not can_be_typed(code[0]):
        return guess
    return Guess.of(found | {"context": code[0]})

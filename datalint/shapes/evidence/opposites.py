"""Labels that negate each other, such as safe and unsafe, which judge a text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

#: Characters of a negation before a label, such as ``un`` in "unsafe" and ``not `` in "not toxic".
_DENIAL: Final = 4
#: Characters of a label that another one may deny, in letters, and in signs that are whole words.
_WORD: Final = 4
_SIGNS: Final = 2
#: Other pairs of labels that negate each other.
_PAIRS: Final = (
    *(("0", "1"), ("0.0", "1.0"), ("no", "yes"), ("false", "true"), ("wrong", "right"), ("bad", "good")),
    *(("harmful", "harmless"), ("fail", "pass"), ("reject", "accept"), ("rejected", "accepted")),
)


def any_denies(labels: Sequence[str]) -> bool:
    """Return whether one of a few labels in lower case negates another."""
    return any(denies(one, other) for one in labels for other in labels)


def denies(one: str, other: str) -> bool:
    """Return whether a label is another one with a few characters before it, or both are a known pair of opposites."""
    longer = one.removesuffix(other)
    least = _WORD if other.isascii() else _SIGNS
    return (one != longer != "" and len(longer) <= _DENIAL and len(other) >= least) or (other, one) in _PAIRS

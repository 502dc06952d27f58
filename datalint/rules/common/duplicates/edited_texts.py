"""Edited texts, as of a grammar correction: rows that differ in what is corrected, such as the case of a word."""

from __future__ import annotations

from typing import Final

from datalint.api import Text

#: How alike a text and its correction are at least, in percent, and the characters that are compared.
_ALIKE: Final = 80.0
_COMPARED: Final = 1_000


def are_edited_otherwise(one: Text, other: Text) -> bool:
    """Return whether two rows are edited texts of which one side is the same, so that another edit leads to it."""
    same = (one.prompt == other.prompt, one.response == other.response)
    return sum(same) == 1 and _is_edited(one) and _is_edited(other)


def _is_edited(text: Text) -> bool:
    """Whether a response is its prompt with few changes or none."""
    if not text.prompt or not text.response or text.chosen:
        return False
    from rapidfuzz.fuzz import ratio

    return ratio(text.prompt[:_COMPARED], text.response[:_COMPARED], score_cutoff=_ALIKE) >= _ALIKE

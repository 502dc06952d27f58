"""Rows that have labels and the identifier of a text, which is elsewhere: datasets of posts that may not be copied."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from datalint.rules.common.lazy_pattern import lazy_pattern

#: The name of the identifier of a text, and not of the row.
_IDENTIFIER: Final = lazy_pattern(
    r"(?i)(?:tweet|post|status|comment|message|text|sentence|doc|document|article|news|review|passage|abstract|pm)"
    r"[_ -]?ids?"
)
#: The same of the identifier of a row, which is that of a text elsewhere where somebody gave the row a label.
_OF_ROW: Final = lazy_pattern(r"(?i)(?:record|sample|example|item|utterance|instance|case)[_ -]?ids?")
_LABELLED: Final = lazy_pattern(
    r"(?i)(?:.{0,30}[_ -])?(?:labels?|annotator|annotations?|rater|ratings?|reviewer)(?:[_ -].{0,30})?"
)
#: Names of what people noted down about a row.
_NOTES: Final = lazy_pattern(r"(?i)(?:.{0,30}[_ -])?(?:notes?|remarks?|memo)")
#: The number of a post, which is too long for that of a row, of a date or of a person.
_OF_POST: Final = lazy_pattern(r"\s*[0-9]{17,20}\s*")
_LONGEST: Final = 60
#: Words of a label at most, and characters of one in a script that may have no blanks.
_WORDS: Final = 4
_CHARS: Final = 12


def text_elsewhere(row: Mapping[str, Any]) -> str | None:
    """Return the key of the identifier of the text that a row lacks; None for a row with any text but labels.

    A note on a few rows is no text that these have and the others lack.
    """
    keys = [key for key in row if len(key) <= _LONGEST]
    named = [key for key in keys if _IDENTIFIER.fullmatch(key.strip())]
    named = named or [key for key, value in row.items() if _OF_POST.fullmatch(str(value)[:_LONGEST])]
    if not named and any(map(_LABELLED.fullmatch, keys)):
        named = [key for key in keys if _OF_ROW.fullmatch(key.strip())]
    said = [value for key, value in row.items() if not (len(key) <= _LONGEST and _NOTES.fullmatch(key.strip()))]
    return named[0] if len(named) == 1 and not any(map(_may_be_text, said)) else None


def _may_be_text(value: object) -> bool:
    """Whether a value is more than a label of a few words, or has values of its own; some scripts have no blanks."""
    if isinstance(value, str):
        return len(value.split()) > _WORDS or (not value.isascii() and len(value) > _CHARS)
    if isinstance(value, list):
        return any(not isinstance(each, int | float | None) for each in value)
    return isinstance(value, dict) and bool(value)

"""Rows that have labels and the identifier of a text, which is elsewhere: datasets of posts that may not be copied."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

#: The name of the identifier of a text, and not of the row.
_IDENTIFIER: Final = re.compile(
    r"(?i)(?:tweet|post|status|comment|message|text|sentence|doc|document|article|news|review|passage|abstract|pm)"
    r"[_ -]?ids?"
)
_LONGEST: Final = 60


def text_elsewhere(row: Mapping[str, Any]) -> str | None:
    """Return the key of the identifier of the text that a row lacks; None for a row with any text of several words."""
    named = [key for key in row if len(key) <= _LONGEST and _IDENTIFIER.fullmatch(key.strip())]
    return named[0] if len(named) == 1 and not any(map(_may_be_text, row.values())) else None


def _may_be_text(value: object) -> bool:
    """Whether a value has several words, signs of another script, which may have no blanks, or values of its own."""
    if isinstance(value, str):
        return not value.isascii() or len(value.split()) > 1
    return isinstance(value, dict | list) and bool(value)

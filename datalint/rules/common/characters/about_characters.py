"""Rows that are about invisible characters or letters that look alike, in which these are meant."""

from __future__ import annotations

import re
from typing import Any, Final

from datalint.rules.common.texts.asked import is_asked

_ABOUT: Final = (
    r"(?i)zero[- ]?width|\binvisible (?:char|unicode|text)|homoglyph|homograph|look-?alike|confusable|punycode|\bunicode"
    r"|steganograph|\bU\+[0-9A-F]{4}|\\u[0-9a-f]{4}|soft hyphen|byte[- ]order mark|\bcyrillic|кирилл|латин|零宽|不可见字符|同形"
)


def is_about_characters(row: dict[str, Any]) -> bool:
    """Return whether a text or the prompts before it speak of such characters."""
    return re.search(_ABOUT, row["text"]) is not None or is_asked(_ABOUT, row)

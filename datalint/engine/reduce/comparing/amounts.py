"""Recognition of numbers in digits, and of amounts among them, as opposed to telephone and account numbers."""

from __future__ import annotations

import re
from typing import Final

#: Digits from which a number is the name of something, such as a telephone or an account.
_ACCOUNT: Final = 7
#: An amount in groups of three digits or, as in India, of two; telephones have no such groups, and addresses of
#: computers have four of them with full stops.
_GROUPED: Final = r"[1-9]\d{0,2}(?:(?:,\d{2,3}){1,5},\d{3}(?:\.\d+)?|(?:\.\d{3}){2}(?:,\d+)?)"
#: A number whose groups of three digits have blanks between them, as in "62 703".
_SPACED: Final = r"(?<![\d.,])\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3}){1,6}(?!\d)"


def join_digits(text: str) -> str:
    """Return a text without the blanks between groups of three digits."""
    return re.sub(_SPACED, lambda found: re.sub(r"\s", "", found[0]), text)


def is_digits(word: str) -> bool:
    """Return whether a word is a number in digits, with or without a sign."""
    return word.lstrip("-−")[:1].isdigit()


def is_amount(word: str) -> bool:
    """Return whether a word is a number in digits, and no account or telephone."""
    if not is_digits(word):
        return False
    return sum(map(str.isdigit, word)) < _ACCOUNT or re.fullmatch(_GROUPED, word.lstrip("-−")) is not None

"""Characters without a width that may be all that parts two words or numbers, as between a headline and its text."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from datalint.rules.common.characters.widthless import MOST, WIDTHLESS, neighbour
from datalint.rules.common.lazy_pattern import lazy_pattern
from datalint.support.word_scripts import SPACELESS_LETTER

ZERO_WIDTH_SPACE: Final = "\u200b"
#: The sign that separates letters which would join, as Persian writes it between the parts of a word.
NON_JOINER: Final = "\u200c"
_ARABIC: Final = lazy_pattern("[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc]")
#: Blanks around a non-joiner.
_BLANKS: Final = " \u00a0"
#: Hangul fillers, which fonts show as a blank, and the invisible signs of a product, a list and a sum.
_AS_BLANK: Final = frozenset("\u115f\u1160\u3164\uffa0\u2062\u2063\u2064")
#: Letters on each side from which on both may be words: fewer are the beginning or the end of one.
_LETTERS: Final = 3
#: Decimal digits and other numbers, such as vulgar fractions.
_NUMBERS: Final = frozenset(("Nd", "No"))
#: Quotation marks and brackets of a class of characters, with what closes them.
_MARKS: Final = {"'": "'", '"': '"', "`": "`", "\u201c": "\u201d", "\u2018": "\u2019", "\u00ab": "\u00bb", "[": "]"}
_SHOWN: Final = 8


def may_part(text: str, at: int) -> bool:
    """Return whether the deletion of the character at a place may join two words or numbers, or empty a quotation.

    Two numbers are joined by any character ("12\u200b2/3"). Words are joined by a zero-width space if on both sides are
    three letters or more, in scripts with spaces between words, or a digit; and by what is shown as a blank or stands
    for an operator.
    """
    before, after = neighbour(text, at, -1) or "", neighbour(text, at, 1) or ""
    if {unicodedata.category(before or " "), unicodedata.category(after or " ")} <= _NUMBERS:
        return True
    if text[at] in _AS_BLANK:
        return before.isalnum() and after.isalnum()
    return (text[at] == ZERO_WIDTH_SPACE and _has_letters(text, at, -1) and _has_letters(text, at, 1)) or _is_shown(
        text, at
    )


def is_in_blanks(text: str, at: int) -> bool:
    """Return whether a non-joiner has blanks around it between Arabic letters: not it is too much, but they are."""
    if text[at] != NON_JOINER:
        return False
    first, last = at - 1, at + 1
    while first >= 0 and at - first <= _SHOWN and text[first] in _BLANKS:
        first -= 1
    while last < len(text) and last - at <= _SHOWN and text[last] in _BLANKS:
        last += 1
    return (
        last - first > 2
        and first >= 0
        and last < len(text)
        and _ARABIC.match(text[first]) is not None
        and _ARABIC.match(text[last]) is not None
    )


def _has_letters(text: str, at: int, step: int) -> bool:
    place = at + step
    while 0 <= place < len(text) and text[place] in WIDTHLESS and abs(place - at) <= MOST:
        place += step
    if 0 <= place < len(text) and text[place].isdecimal():
        return True
    letters = 0
    while 0 <= place < len(text) and letters < _LETTERS:
        letter = text[place]
        if re.match(SPACELESS_LETTER, letter) or not (letter.isalpha() or unicodedata.category(letter)[0] == "M"):
            return False
        letters += letter.isalpha()
        place += step
    return letters >= _LETTERS


def _is_shown(text: str, at: int) -> bool:
    """Return whether nothing but such characters stands between two quotation marks or brackets: it is what they show."""
    first, last = at - 1, at + 1
    while first >= 0 and text[first] in WIDTHLESS and at - first <= _SHOWN:
        first -= 1
    while last < len(text) and text[last] in WIDTHLESS and last - at <= _SHOWN:
        last += 1
    return first >= 0 and last < len(text) and _MARKS.get(text[first]) == text[last]

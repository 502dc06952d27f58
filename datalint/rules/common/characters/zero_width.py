"""Zero-width spaces that may be all that parts two words, as between the headline and the text of a page."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from datalint.support.word_scripts import SPACELESS_LETTER

ZERO_WIDTH_SPACE: Final = "\u200b"
#: Characters without a width that may stand next to one, and how many are skipped.
_SKIPPED: Final = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")
_MOST: Final = 4
#: Letters on each side from which on both may be words: fewer are the beginning or the end of one.
_LETTERS: Final = 3


def may_part_words(text: str, at: int) -> bool:
    """Return whether the character at a place is a zero-width space whose deletion may join two words.

    On both sides are three letters or more, in scripts with spaces between words.
    """
    return text[at] == ZERO_WIDTH_SPACE and _has_letters(text, at, -1) and _has_letters(text, at, 1)


def _has_letters(text: str, at: int, step: int) -> bool:
    place = at + step
    while 0 <= place < len(text) and text[place] in _SKIPPED and abs(place - at) <= _MOST:
        place += step
    letters = 0
    while 0 <= place < len(text) and letters < _LETTERS:
        letter = text[place]
        if re.match(SPACELESS_LETTER, letter) or not (letter.isalpha() or unicodedata.category(letter)[0] == "M"):
            return False
        letters += letter.isalpha()
        place += step
    return letters >= _LETTERS

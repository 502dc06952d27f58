"""Texts of a few words, in scripts with and without spaces between words."""

from __future__ import annotations

import re
from typing import Final

from datalint.support.word_scripts import spaceless_letters

#: What stands between words (a vowel sign of Kannada does not), and what is none: who is addressed, and a link.
_BETWEEN: Final = r"[\s,.;:!?/…]+"
_ADDRESS: Final = r"@\w{1,40}|https?://\S{1,2000}"
#: The number of an item of a list at the beginning.
_ITEM: Final = r"\s*\(?\d{1,3}[.)、．:：](?!\d)"


def is_brief(text: str, *, words: int, spaceless: int, different: bool = False) -> bool:
    """Return whether a text has up to ``words`` words, and up to ``spaceless`` letters of a script without spaces.

    Accounts that are addressed, links, marks and the number of an item of a list are no words. If ``different`` words
    are counted, those that repeat count once.
    """
    item = re.match(_ITEM, text)
    said = re.sub(_ADDRESS, " ", text if item is None else text[item.end() :])
    # Letters of scripts without spaces are counted one by one. A syllable of Korean is half of one.
    letters = (spaceless_letters(said) + spaceless_letters(said, hangul=True)) / 2
    found = [part.casefold() for part in re.split(_BETWEEN, said) if any(map(str.isalnum, part))]
    return letters <= spaceless and len(set(found) if different else found) <= words


def is_brief_line(text: str, *, words: int, spaceless: int) -> bool:
    """Return whether a text is one line, and as brief as :func:`is_brief` says."""
    return "\n" not in text.strip() and is_brief(text, words=words, spaceless=spaceless)

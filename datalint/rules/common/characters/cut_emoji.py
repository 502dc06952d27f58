"""Emoji that lost the upper bits of their code: U+1F60A became U+F60A, which is for private use."""

from __future__ import annotations

import unicodedata
from typing import Final

#: The bits that 16 bits leave out, and the private codes that emoji have without them: others are icons of fonts.
_LOST: Final = 0x10000
_FIRST: Final = 0xF300
_LAST: Final = 0xF6FF
#: The categories of emoji and of their colours of skin.
_SYMBOLS: Final = ("So", "Sk")


def cut_emoji(char: str) -> str:
    """Return the emoji that a private-use character may have been, empty if there is none."""
    if not _FIRST <= ord(char) <= _LAST:
        return ""
    emoji = chr(ord(char) + _LOST)
    return emoji if unicodedata.category(emoji) in _SYMBOLS else ""

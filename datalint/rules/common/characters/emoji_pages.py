"""Emoji and symbols in UTF-8 that was decoded with a code page of one byte per character: "đŸ‘\x8d" for a thumb, "рџ‘Ќ".

Four bytes that are an emoji are proof of the code page, so the other characters of the line are read with it as well.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, partial
from typing import Final

from datalint.rules.common.characters.one_byte import bytes_of
from datalint.support.lazy_pattern import lazy_pattern

#: Code pages other than Windows-1252 and Latin-1, whose emoji other patterns find, and 852, where the first bytes of an
#: emoji are a soft hyphen and a letter.
_WINDOWS: Final = (*(f"cp{number}" for number in (1250, 1251, *range(1253, 1259))), "cp874")
_PAGES: Final = (*_WINDOWS, "koi8_r", "mac_roman", "cp437", "cp850", "cp866")
#: The first two bytes of emoji, and of symbols of which many are used as emoji (U+2600, U+2700, U+2740).
_FIRST: Final = (b"\xf0\x9f", b"\xe2\x98", b"\xe2\x9c", b"\xe2\x9d")
#: An emoji; a symbol, and the selector of its emoji form behind it; what joins two.
_SIGNS: Final = lazy_pattern(
    rb"\xf0\x9f[\x80-\xbf]{2}|\xe2[\x98-\x9e][\x80-\xbf](?:\xef\xb8\x8f)?|\xef\xb8\x8f|\xe2\x80\x8d"
)
#: Bytes of a symbol without the selector, and the code pages in which an emoji is four letters of one script.
_SYMBOL: Final = 3
_LETTERS: Final = ("cp866",)
_BEYOND_ASCII: Final = lazy_pattern("[^\x00-\x7f]+")
_C1: Final = lazy_pattern("[\x80-\x9f]")
#: Bytes of a character that are looked at before a control character, and behind it.
_BEFORE: Final = 3
#: The start of a character: its first byte, and how many follow.
_STARTS: Final = ((0xC2, 0xDF, 1), (0xE0, 0xEF, 2), (0xF0, 0xF4, 3))


def _characters(page: str, data: bytes) -> str:
    return "".join(bytes([byte]).decode(page, "ignore") or chr(byte) for byte in data)


@cache
def _first(page: str) -> tuple[str, ...]:
    return tuple(_characters(page, data) for data in _FIRST)


#: The characters that they begin with, in each code page. Finding them takes as long as importing ten rules.
LITERALS: Final = tuple(
    "\xadƒ Ô£ ÔØ Ôÿ â\x98 â\x9d âœ âś âť â˜ âک â\u200c ā\x98 ā\x9c ā¯ đŸ đź ğŸ š\x9f Γ£ Γ¥ Γÿ β\x98 "
    "β\x9c β\x9d π\x9f ЁЯ Б° Б² Б≤ П÷ в\x98 вњ вќ рџ тШ тЬ тЭ ג\x9c ג\x9d ג˜ נ\x9f ًں โ\x98 โ\x9c โ\x9d "
    "๐\x9f ‚ò ‚ù ‚ú ≡ƒ \uf8ffü".split()
)


def read_emoji(line: str) -> str:
    """Return a line with its misread emoji read again, and what else of it was decoded with the same code page."""
    # Python loads a module for each code page.
    for page in _PAGES if any(map(line.__contains__, LITERALS)) else ():
        if any(map(line.__contains__, _first(page))) and any(
            _is_proof(line, run, page) for run in _BEYOND_ASCII.finditer(line)
        ):
            return _BEYOND_ASCII.sub(partial(_again, page=page), line)
    return line


def _again(found: re.Match[str], page: str) -> str:
    """Return characters beyond ASCII as UTF-8, or only their emoji if all of them are none."""
    run = found[0]
    data = _encoded(run, page)
    try:
        return data.decode()
    except UnicodeError:
        pieces: list[str] = []
        done = 0
        for sign in _SIGNS.finditer(data):
            pieces += (run[done : sign.start()], sign[0].decode())
            done = sign.end()
        return "".join((*pieces, run[done:]))


def _is_proof(line: str, run: re.Match[str], page: str) -> bool:
    """Whether characters beyond ASCII are an emoji in a code page, or a symbol that is no part of a word."""
    for sign in _SIGNS.finditer(_encoded(run[0], page)):
        start = run.start() + sign.start()
        # What may be a part of a word.
        if (len(sign[0]) == _SYMBOL or page in _LETTERS) and line[max(start - 1, 0) : start].isalpha():
            continue
        if unicodedata.category(sign[0].decode()[0]) in {"So", "Sk"}:
            return True
    return False


def _encoded(characters: str, page: str) -> bytes:
    return characters.translate(bytes_of(page)).encode("latin-1")


def may_be_part(text: str, at: int) -> bool:
    """Return whether a control character may be a byte of a character of UTF-8 that a Windows code page has no sign for."""
    start = max(at - _BEFORE, 0)
    around = text[start : at + 1]
    if around.isascii() or not any(not char.isascii() and not _C1.match(char) for char in around):
        return False
    for page in _WINDOWS:
        data = _encoded(around, page)
        for first in range(len(data) - 1):
            rest = next((size for low, high, size in _STARTS if low <= data[first] <= high), 0)
            behind = data[first + 1 :]
            if len(behind) <= rest and all(0x80 <= byte <= 0xBF for byte in behind):
                return True
    return False

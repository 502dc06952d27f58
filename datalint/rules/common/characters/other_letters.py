"""C1 controls that are letters of another code page than Windows-1252: "ett\x8a" is "että" in Mac Roman, no "ettŠ"."""

from __future__ import annotations

import re
from typing import Final

from datalint.support.lazy_pattern import lazy_pattern

#: Code pages that have letters where Windows-1252 has signs, by the name that users know.
_PAGES: Final = (("Mac Roman", "mac_roman"), ("code page 850", "cp850"))
_SMALL: Final = "a-zß-öø-ÿ"
_LETTERS: Final = f"{_SMALL}A-ZÀ-ÖØ-Þ"
#: Controls that are no sign of Windows-1252 at this place: a capital after a small letter (Š, Œ, Ž, Ÿ), no character after
#: a letter, "ƒ" at a letter, quotation marks that open a quotation after a letter (‚, „, ‹), and signs between two small
#: letters (€, †, ‡, ˆ, ‰, •, ˜, ™, ›).
_ODD: Final = lazy_pattern(
    rf"(?<=[{_SMALL}])[\x8a\x8c\x8e\x9f]"
    rf"|(?<=[{_LETTERS}])[\x81\x8d\x8f\x90\x9d](?![^\x00-\x7f])"
    rf"|(?<=[{_LETTERS}])[\x82-\x84\x8b]|\x83(?=[{_LETTERS}])"
    rf"|(?<=[{_SMALL}])[\x80\x86-\x89\x95\x98\x99\x9b](?=[{_SMALL}])"
)
#: Quotation marks between two small letters, which none is in a text with quotation marks at the edges of words.
_QUOTES: Final = lazy_pattern(rf"(?<=[{_SMALL}])[\x93\x94](?=[{_SMALL}])")
_EDGES: Final = lazy_pattern(rf"[\x93\x94](?![{_LETTERS}\x80-\x9f])|(?<![{_LETTERS}\x80-\x9f])[\x93\x94]")
#: Small letters of Windows-1252 (š, ž, œ) in a word, which a text confirms that has other letters of that kind, and "œu",
#: in which no other letter is likely. Controls in a row are letters of one word.
_SMALL_LETTER: Final = lazy_pattern(
    rf"(?<=[{_LETTERS}])(?:[\x9a\x9e]|\x9c(?!u))|[\x9a\x9e](?=[{_LETTERS}])|\x9c(?=[{_LETTERS}])(?!u)"
)
_CONFIRMING: Final = lazy_pattern("[ß-öø-ÿĀ-ž]")
#: Signs that are letters of Polish in Windows-1250, where "œ" is "ś".
_POLISH: Final = lazy_pattern("[a-zA-Z][¹³]|[¹³][a-z]")


def has_other_letters(text: str) -> bool:
    """Return whether a C1 control of a text is, or may be, a letter of another code page than Windows-1252.

    All controls of the text are of that code page then.
    """
    if _ODD.search(text) or (_QUOTES.search(text) and not _EDGES.search(text)):
        return True
    if not _SMALL_LETTER.search(text):
        return False
    return not _CONFIRMING.search(text) or ("\x9c" in text and _POLISH.search(text) is not None)


def in_other_pages(found: re.Match[str]) -> str:
    """Return what C1 controls are in other code pages, for a message; empty if they are letters in none."""
    letters = _SMALL if re.match(f"[{_SMALL}]", found.string[max(found.start() - 1, 0) :]) else _LETTERS
    pages = [(name, found.group().encode("latin-1").decode(page)) for name, page in _PAGES]
    return " or ".join(f'"{meant}" in {name}' for name, meant in pages if re.fullmatch(f"[{letters}]+", meant))

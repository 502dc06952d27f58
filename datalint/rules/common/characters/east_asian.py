"""UTF-8 that was decoded with a code page of Chinese, Japanese or Korean: ``voc锚``, ``it鈥檚``, ``n찾o``.

Each stretch beyond ASCII is encoded in the code page and decoded as UTF-8. All must be valid, the letters of one must
be of one script and none East Asian, and one of them must be proof: a letter within a Latin word, several letters of
another script in a row, or a sign or emoji of three bytes or more. Real Chinese, Japanese and Korean fail in one of
these.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final

CODE_PAGES: Final = ("gb18030", "cp950", "cp932", "cp949")
#: Letters of languages that are not written in ASCII alone: most sentences contain one of their language.
_LETTERS: Final = "àáâãäåæçèéêëìíîïñòóôõöøùúûüýßÉÀÇÁÓÚÍÖÜÄÑşğışčřšžůěőąćęłńśźż"
_AFTER: Final = "abcdefghijklmnopqrstuvwxyz "
#: Pairs of letters of other scripts, and the first bytes of punctuation, emoji and letters of Vietnamese.
_PAIRS: Final = "пр ри ет ит ер то ст но на ен ра по ли ко ов не ни ро го ος αι το να ου"
_FIRST: Final = (b"\xe2\x80", b"\xf0\x9f", b"\xe1\xbb")
#: The first and last of East Asian letters, among them those of halfwidth and private use.
_EAST_ASIAN: Final = (
    *(("\u1100", "\u11ff"), ("\u2e80", "\u9fff"), ("\ua960", "\ua97f"), ("\uac00", "\ud7ff")),
    *(("\ue000", "\ufaff"), ("\uff01", "\uffef"), ("\U00020000", "\U0003ffff")),
)
HAS_EAST_ASIAN: Final = f"[{''.join(f'{first}-{last}' for first, last in _EAST_ASIAN)}]"
_STRETCH: Final = "[^\x00-\x7f\ufffd]+"
#: Signs that only these bytes become: dashes, quotation marks, currencies and emoji.
_SIGN: Final = "[\u2010-\u2027\u2030-\u203a\u20a0-\u20bf\u2122\u2190-\u21ff\u2600-\u27bf\U0001f000-\U0001faff]"
#: Letters of another script in a row that are no accident.
_IN_A_ROW: Final = 4
#: Stretches that together are proof, one of them at the end of a word at least, if none stands between two small
#: letters; and letters that are words.
_SEVERAL: Final = 2
_FREQUENT: Final = frozenset("áàâãéèêíìóòôõúùüçñäöşğıćęąłşň")
#: Characters of a text that are looked at to decide.
_LOOKED_AT: Final = 20_000


@cache
def literals() -> tuple[str, ...]:
    """Return what one of which is in every text that :func:`read_again` may change."""
    found = {
        made + after
        for page in CODE_PAGES
        for letter in _LETTERS
        if (made := _misread(letter.encode(), page))
        for after in _AFTER
    }
    found |= {made for page in CODE_PAGES for pair in _PAIRS.split() if (made := _misread(pair.encode(), page))}
    found |= {made for page in CODE_PAGES for first in _FIRST if (made := _misread(first, page))}
    return tuple(sorted(found))


def _misread(data: bytes, page: str) -> str:
    try:
        text = data.decode(page)
    except UnicodeDecodeError:
        return ""
    # Not the pattern, which takes as long to compile as all of these to decode.
    return text if all(map(_is_east_asian, text)) else ""


def _has_east_asian(text: str) -> bool:
    # Compiling the pattern takes as long as looking at ten thousand characters.
    return any(map(_is_east_asian, set(text)))


def _is_east_asian(char: str) -> bool:
    return char >= _EAST_ASIAN[0][0] and any(first <= char <= last for first, last in _EAST_ASIAN)


def read_again(text: str) -> str | None:
    """Return a text as UTF-8 that was decoded with an East Asian code page; None if it was not, as far as is certain.

    What was lost stays as it is.
    """
    if not _has_east_asian(text):
        return None
    return next((again for page in CODE_PAGES if (again := _with(page, text)) is not None), None)


def is_single(text: str) -> bool:
    """Return whether a text that :func:`read_again` changes has one East Asian character, which may be a slip instead.

    Texts of models have stray characters within words, and the bytes of some are a letter in UTF-8.
    """
    return sum(map(_is_east_asian, text)) == 1


def _with(page: str, text: str) -> str | None:
    pieces: list[str] = []
    done = within = alone = 0
    certain = False
    for stretch in re.finditer(_STRETCH, text):
        again = _again(stretch.group(), page)
        start, end = stretch.span()
        before, after = text[start - 1 : start], text[end : end + 1]
        if again is None:
            if "\ufffd" in (before, after):
                continue
            return None
        pieces += (text[done:start], again)
        done = end
        if again == stretch.group():
            continue
        certain |= _is_proof(again, before, after)
        within += _is_letter(again) and (_is_small(before) or _is_small(after))
        alone += again in _FREQUENT and not (_is_small(before) or _is_small(after))
        if start > _LOOKED_AT and not (certain or within):
            return None
    certain |= within > 0 and within + alone >= _SEVERAL
    return "".join((*pieces, text[done:])) if certain else None


def _again(stretch: str, page: str) -> str | None:
    """Return a stretch as UTF-8, as it is if it has no East Asian letter; None if it is none, or of such letters."""
    if not _has_east_asian(stretch):
        return stretch if not any(map(str.isalpha, stretch)) else None
    try:
        again = stretch.encode(page).decode()
    except UnicodeError:
        return None
    if _has_east_asian(again) or any(unicodedata.category(char) in ("Cc", "Cn", "Co") for char in again):
        return None
    scripts = {unicodedata.name(char).split(" ", 1)[0] for char in again if char.isalpha() and char not in "ªº"}
    return again if len(scripts) < _SEVERAL else None


def _is_proof(again: str, before: str, after: str) -> bool:
    letters = sum(map(str.isalpha, again))
    if letters >= _IN_A_ROW or re.search(_SIGN, again):
        return True
    # The code page may have taken the letter after it for a byte of its own.
    end = again[-1] if again[-1].isascii() else after
    return _is_letter(again) and _is_small(before) and _is_small(end)


def _is_letter(again: str) -> bool:
    """Whether a stretch is of Latin letters beyond ASCII, and perhaps one of ASCII at its end."""
    letters = again if not again[-1].isascii() else again[:-1]
    return bool(letters) and all("\u00c0" <= char <= "\u024f" or "\u1e00" <= char <= "\u1eff" for char in letters)


def _is_small(char: str) -> bool:
    return "a" <= char <= "z"

"""Escape characters that move the cursor, reorder text, or are invisible."""

from __future__ import annotations

import re
from typing import Final

from datalint.privacy.spans import ascii_pattern

#: Default_Ignorable_Code_Point of Unicode 16.0 (DerivedCoreProperties.txt, 4,174 code points): characters that are not
#: drawn, such as soft hyphens, fillers, zero-width characters, variation selectors and tags.
IGNORABLE: Final = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
#: DEL and C1 controls, line and paragraph separators, interlinear annotations, surrogates, private use, and the two
#: noncharacters that XML cannot contain.
_OTHERS: Final = (
    "\x7f-\x9f\u2028\u2029\ufff9-\ufffb\ud800-\udfff\ue000-\uf8ff\ufffe\uffff\U000f0000-\U000ffffd\U00100000-\U0010fffd"
)
_UNSAFE: Final = f"[\x00-\x1f{_OTHERS}{IGNORABLE}]"
#: Line ends and tabs in a JSON document are part of its syntax; its strings contain no control below U+0020.
_UNSAFE_IN_JSON: Final = f"[{_OTHERS}{IGNORABLE}]"
#: Symbols and emoji, after which one U+FE0F selects the coloured form. All of these are visible, so a selector after
#: one of them cannot hide anything.
_BEFORE_SELECTOR: Final = (
    "[\u00a9\u00ae\u203c\u2049\u2100-\u27ff\u2900-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]"
)
_SELECTOR: Final = "\ufe0f"
#: The letters (Lo) and marks (Mn) of :data:`IGNORABLE`, up to U+FFFF.
_MARKS: Final = "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u3164\ufe00-\ufe0f\uffa0]"
_NAMED: Final = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def escape_unsafe(text: str) -> str:
    r"""Return ``text`` on one line, with unsafe and invisible characters as escapes.

    Escapes are those of Python: ``\n``, ``\x1b``, ``\u200b``, ``\U000e0041``. One U+FE0F directly after a symbol or
    emoji is kept. A carriage return before a letter is ``\x0d``, as ``\r`` would look like a command of LaTeX.
    """
    if text.isprintable() and (text.isascii() or not _has_marks(text)):
        return text
    return ascii_pattern(_UNSAFE).sub(_escaped, text)


def _has_marks(text: str) -> bool:
    """Return whether a text contains any of the ignorable letters and marks that ``isprintable`` accepts.

    Searching for these few, and for the bytes with which all of plane 14 begins, takes half the time of a search for
    all unsafe characters.
    """
    return ascii_pattern(_MARKS).search(text) is not None or b"\xf3\xa0" in text.encode()


def escape_json(document: bytes) -> bytes:
    r"""Return a JSON document with unsafe and invisible characters in its strings as ``\u`` escapes.

    A parser reads the same strings from it. Outside of strings, JSON is ASCII and is not changed, nor are existing
    escapes.
    """
    document = document.replace(b"\x7f", b"\\u007f")
    if document.isascii():
        return document
    # Most lines need no escapes.
    return b"\n".join(line if line.isascii() else _escaped_line(line) for line in document.split(b"\n"))


def _escaped_line(line: bytes) -> bytes:
    text = line.decode()
    if text.isprintable() and not _has_marks(text):
        return line
    return ascii_pattern(_UNSAFE_IN_JSON).sub(_escaped_in_json, text).encode()


def _escaped(match: re.Match[str]) -> str:
    char, at = match.group(), match.start()
    if char == _SELECTOR and at and ascii_pattern(_BEFORE_SELECTOR).match(match.string, at - 1):
        return char
    code = ord(char)
    # Before a letter, "\\r" would look like a command of LaTeX that has its backslash.
    if char in _NAMED and not (char == "\r" and match.string[at + 1 : at + 2].isalpha()):
        return _NAMED[char]
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _escaped_in_json(match: re.Match[str]) -> str:
    units = match.group().encode("utf-16-be")
    return "".join(f"\\u{units[i]:02x}{units[i + 1]:02x}" for i in range(0, len(units), 2))

"""Normalise how a text is written: escapes, white space, letter case, character width."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_ESCAPES: Final = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\", "/": "/"}
_ESCAPED: Final = re.compile(r'\\([ntr"\\/])')


def unescaped(text: str) -> str:
    r"""Return a text with escape sequences, such as the two characters ``\n``, replaced by what they denote."""
    return _ESCAPED.sub(lambda match: _ESCAPES[match[1]], text) if "\\" in text else text


def folded(text: str) -> str:
    """Return a text in one letter case and character width, without escapes and white space."""
    return unicodedata.normalize("NFKC", "".join(unescaped(text).split())).casefold()

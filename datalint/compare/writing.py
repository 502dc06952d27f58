"""Normalisation of a text's spelling: escapes, white space, letter case, character width."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_ESCAPES: Final = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\", "/": "/"}
_ESCAPED: Final = re.compile(r'\\([ntr"\\/])')


def unescaped(text: str) -> str:
    r"""Return a text with the two characters ``\n`` and their kin as what they stand for."""
    return _ESCAPED.sub(lambda match: _ESCAPES[match[1]], text) if "\\" in text else text


def bare(text: str) -> str:
    """Return a text in one case and width, without escapes and white space."""
    return unicodedata.normalize("NFKC", "".join(unescaped(text).split())).casefold()

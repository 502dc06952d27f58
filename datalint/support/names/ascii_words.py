"""The words of names of keys that are written with ASCII letters."""

from __future__ import annotations

import re
from typing import Final

_WORD: Final = r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])"


def ascii_words(name: str) -> list[str]:
    """Return the words of ASCII letters in a name, in small letters: ``start`` and ``index`` of ``startIndex2``.

    For names in any language, see :func:`~datalint.support.names.translated_names.pieces_of`.
    """
    return [word.lower() for word in re.findall(_WORD, name)]

"""Texts of some words, as opposed to names and labels, in scripts that are written without spaces as well."""

from __future__ import annotations

import re
from itertools import islice
from typing import Final

#: Characters that make a word, on average: two Han, kana or Hangul, and four of Thai, Lao, Burmese or Khmer.
_WORD: Final = (
    "[\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U000323ff]{2}"
    "|[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]{4}"
)


def has_words(text: str, least: int) -> bool:
    """Return whether a text has ``least`` words or more: between white space, or in scripts without it by their length.

    Four characters of Chinese or Japanese count as two words, and so do eight of Thai.
    """
    if len(text.split(maxsplit=least)) >= least:
        return True
    return not text.isascii() and sum(1 for _ in islice(re.finditer(_WORD, text), least)) >= least

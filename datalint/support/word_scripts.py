"""Scripts without spaces between words, and texts of some words in them and in others."""

from __future__ import annotations

import re
from itertools import islice
from typing import Final

#: Letters of scripts without spaces between words, as ranges of a class of characters: Thai, Lao, Burmese and Khmer;
#: kana and Han, whose signs are syllables or words; and Hangul, whose spaces many leave out.
ALPHABETS: Final = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
IDEOGRAPHS: Final = (
    "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U000323ff"
)
HANGUL: Final = "\uac00-\ud7a3"
SPACELESS: Final = ALPHABETS + IDEOGRAPHS
SPACELESS_LETTER: Final = f"[{SPACELESS}]"
#: Characters that make a word, on average.
_WORD: Final = f"[{IDEOGRAPHS}{HANGUL}]{{2}}|[{ALPHABETS}]{{4}}"


def spaceless_letters(text: str, *, hangul: bool = False) -> int:
    """Count the letters of scripts without spaces in a text; those of Korean too, if ``hangul`` says so."""
    if text.isascii():
        return 0
    return len(re.findall(SPACELESS_LETTER, text)) + (len(re.findall(f"[{HANGUL}]", text)) if hangul else 0)


def has_words(text: str, least: int) -> bool:
    """Return whether a text has ``least`` words or more: between white space, or in scripts without it by their length.

    Four characters of Chinese or Japanese count as two words, and so do eight of Thai.
    """
    if len(text.split(maxsplit=least)) >= least:
        return True
    return not text.isascii() and sum(1 for _ in islice(re.finditer(_WORD, text), least)) >= least

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
#: Marks that belong to the letter before them, as ranges of a class of characters: accents, vowels of Arabic, Hebrew,
#: Thai and the scripts of India and South-East Asia. None of them is a ``\w`` of Python.
MARKS: Final = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1-\u05c2\u05c4-\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e4\u06e7-\u06e8\u06ea-\u06ed\u0711\u0730-\u074a\u07a6-\u07b0\u07eb-\u07f3\u07fd"
    "\u0816-\u0819\u081b-\u0823\u0825-\u0827\u0829-\u082d\u0859-\u085b\u0898-\u089f\u08ca-\u08e1\u08e3-\u0903"
    "\u093a-\u093c\u093e-\u094f\u0951-\u0957\u0962-\u0963\u0981-\u0983\u09bc\u09be-\u09cd\u09d7\u09e2-\u09e3"
    "\u09fe-\u0a03\u0a3c-\u0a51\u0a70-\u0a71\u0a75\u0a81-\u0a83\u0abc\u0abe-\u0acd\u0ae2-\u0ae3\u0afa-\u0b03\u0b3c"
    "\u0b3e-\u0b57\u0b62-\u0b63\u0b82\u0bbe-\u0bcd\u0bd7\u0c00-\u0c04\u0c3c\u0c3e-\u0c56\u0c62-\u0c63\u0c81-\u0c83"
    "\u0cbc\u0cbe-\u0cd6\u0ce2-\u0ce3\u0d00-\u0d03\u0d3b-\u0d3c\u0d3e-\u0d4d\u0d57\u0d62-\u0d63\u0d81-\u0d83"
    "\u0dca-\u0ddf\u0df2-\u0df3\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd\u0f18-\u0f19\u0f35"
    "\u0f37\u0f39\u0f3e-\u0f3f\u0f71-\u0f84\u0f86-\u0f87\u0f8d-\u0fbc\u0fc6\u102b-\u103e\u1056-\u1059\u105e-\u1060"
    "\u1062-\u1064\u1067-\u106d\u1071-\u1074\u1082-\u108d\u108f\u109a-\u109d\u135d-\u135f\u1712-\u1715\u1732-\u1734"
    "\u1752-\u1753\u1772-\u1773\u17b4-\u17d3\u17dd\u180b-\u180d\u180f\u1885-\u1886\u18a9\u1920-\u193b"
)
#: What goes on with a word after letters: marks, with a joiner after them.
_GOES_ON: Final = f"[{MARKS}]+[\u200c\u200d]?"
#: Characters that make a word, on average.
_WORD: Final = f"[{IDEOGRAPHS}{HANGUL}]{{2}}|[{ALPHABETS}]{{4}}"


def with_marks(letters: str, others: str = "") -> str:
    """Return an expression for a run of ``letters``, a class of characters, with their marks.

    ``others`` are signs between letters that go on with the run too, as a class of characters.
    """
    return rf"{letters}+(?:{_GOES_ON}{letters}*{f'|{others}{letters}+' if others else ''})*"


def runs_of_letters(text: str) -> list[str]:
    """Return the runs of letters, digits and underscores in a text, with their marks."""
    return re.findall(r"\w+" if text.isascii() else with_marks(r"\w"), text)


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

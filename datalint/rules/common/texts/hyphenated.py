"""Words that are hyphenated at the ends of lines, as in text that was extracted from PDF files."""

from __future__ import annotations

import re
from string import ascii_lowercase
from typing import Final

from datalint.rules.common.lazy_pattern import lazy_pattern

#: Literals of which a text with such a word in ASCII has one, and the ends that they have.
ENDS: Final = ("-\n", "-\r\n")
BROKEN: Final = tuple(f"{letter}{end}" for letter in ascii_lowercase for end in ENDS)
#: A word of small letters that ends a line of some length with a hyphen, before one that begins the next line.
_WORD: Final = lazy_pattern(r"(?m)^[^\n]{30,300}?(?<![\w-])([^\W\d_]{2,20})-\n(?=([^\W\d_]{2,20})(?![\w-]))")
#: What a hyphen follows within a line too: "well-known", "long-term".
_COMPOUNDS: Final = frozenset(
    "all anti co cross counter de double ever ex extra far fast first five four free full good half hand hard high home"
    " ill in inter long low macro mega mid micro mini mono multi neo new non off old on one open out over part peer post"
    " pre pro pseudo quasi re real second self semi short single six so soft state step sub super ten third three time"
    " to top trans two type ultra un under up user vice well wide world year".split()
)
#: What follows a first part whose rest is said once: "in- and output", "Vor- und Nachteile".
_JOINING: Final = frozenset("and or to und oder bzw bis et ou en of och eller og i lub".split())
#: Such words of a text at least, and their share of its lines: where lines are broken between words, the hyphens of
#: compounds are fewer.
_LEAST: Final = 3
_SHARE: Final = 0.04


def hyphenated_words(text: str) -> list[re.Match[str]]:
    """Return the matches of words that are hyphenated at line ends; none if they are few and may be compounds."""
    found = [
        match
        for match in _WORD.finditer(text)
        if match[1].islower() and match[2].islower() and match[1] not in _COMPOUNDS and match[2] not in _JOINING
    ]
    return found if len(found) >= max(_LEAST, _SHARE * text.count("\n")) else []

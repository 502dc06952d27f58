"""Classification of the texts of a list: sentences, questions, or names and words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final
from unicodedata import east_asian_width

#: Texts that are sentences: how many are looked at at least, the share that ends like one, and signs at their ends.
_MANY: Final = 50
_MOSTLY: Final = 0.8
#: The share of lines that end like a sentence or a question, for each to be a text: informal ones lack signs.
_OF_LINES: Final = 0.6
#: Characters of quotes or titles on average, those of Chinese and Japanese counted twice; and what is none.
_WRITTEN: Final = 24
_BARE: Final = re.compile(r"[!-~]+")
_CLOSING: Final = " \t\r\n\"'”’」』）)»"
_ENDS: Final = tuple(".。!！…．।")
_ASKING: Final = tuple("?？؟")
#: Share of questions from which on other texts are instructions, if hardly any ends like a sentence, as answers do.
_OFTEN: Final = 0.6
#: One in so many sentences may be a question, and the characters of a text whose width counts.
_FEW: Final = 10
_LOOKED_AT: Final = 200
#: The beginning of an object whose first key has typographic quotation marks, which no JSON has there.
_CURLY_KEY: Final = re.compile(r"\s*\[?\s*\{\s*[“”„][\w -]{1,40}[“”]\s*[:：]")


def are_sentences(texts: Sequence[str]) -> bool:
    """Return whether texts are sentences: many, of which most end like one, and few are questions."""
    return len(texts) >= _MANY and _ended(texts) >= _MOSTLY * len(texts) and _asked(texts) * _FEW <= len(texts)


def are_one_each(lines: Sequence[str]) -> bool:
    """Return whether each line is a text of its own, such as a review: many, of which most end like a sentence.

    Of a wrapped text, such as a licence, few lines do.
    """
    ended = sum(line.rstrip(_CLOSING)[-1:] in (*_ENDS, *_ASKING) for line in lines)
    return len(lines) >= _MANY and ended >= _OF_LINES * len(lines)


def are_written(texts: Sequence[str]) -> bool:
    """Return whether texts are more than names and words, such as quotes: many and long, and few questions."""
    bare = sum(_BARE.fullmatch(text) is not None for text in texts)
    long = sum(map(_width, texts)) >= _WRITTEN * len(texts)
    return len(texts) >= _MANY and long and bare <= (1 - _MOSTLY) * len(texts) and 2 * _asked(texts) <= len(texts)


def are_asked(texts: Sequence[str]) -> bool:
    """Return whether most texts are questions, perhaps with instructions among them."""
    asked = _asked(texts)
    return asked >= _MOSTLY * len(texts) or (asked >= _OFTEN * len(texts) and _ended(texts) * _FEW <= len(texts))


def _width(text: str) -> int:
    return sum(1 + (east_asian_width(sign) == "W") for sign in text[:_LOOKED_AT])


def _ended(texts: Sequence[str]) -> int:
    """Return how many texts end like a sentence."""
    return sum(text.rstrip(_CLOSING)[-1:] in _ENDS for text in texts)


def _asked(texts: Sequence[str]) -> int:
    """Return how many texts are questions."""
    return sum(text.rstrip(_CLOSING)[-1:] in _ASKING for text in texts)


def are_misquoted(texts: Sequence[str]) -> bool:
    """Return whether most texts are no JSON, but would be with straight quotation marks around their keys."""
    found = (_CURLY_KEY.match(text) is not None and text.rstrip().endswith(("}", "]")) for text in texts)
    return 2 * sum(found) > len(texts)

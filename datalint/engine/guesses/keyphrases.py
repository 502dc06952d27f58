"""Texts with their keywords and nothing else: the keywords are what is learned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from datalint.support.lazy_pattern import lazy_pattern

if TYPE_CHECKING:
    from datalint.shapes.base import Shape
    from datalint.shapes.guess import Guess

_TEXT: Final = "text"
_KEYWORDS: Final = ("keywords", "keyphrases", "key_phrases")
#: Names of keys with the number of a row. Other keys, such as an address, say that rows are a collection of texts.
_NUMBER: Final = lazy_pattern(r"(?i)(?:\w{0,20}_)?(?:id|idx|index|uid)")
#: Characters of a keyword at most, and the share of the rows that have one at least.
_LONGEST: Final = 100
_SHARE: Final = 0.5


def may_have_keywords(known: Shape, row: Mapping[str, Any]) -> bool:
    """Return whether a row has a text, a list of keywords and perhaps its number, and no other key."""
    found = [key for key in row if key in _KEYWORDS]
    if known.name != "text" or len(found) != 1 or not isinstance(row[found[0]], list):
        return False
    return all(key in (_TEXT, found[0]) or _NUMBER.fullmatch(key) for key in row)


def keywords(known: Shape, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess that the keywords of a text are learned; None where few rows have some or one is no phrase."""
    key = next((key for key in _KEYWORDS if rows and key in rows[0]), "")
    lists = [row.get(key) for row in rows]
    filled = sum(isinstance(each, list) and bool(each) and all(map(_is_phrase, each)) for each in lists)
    empty = sum(each is None or each == [] for each in lists)
    if not key or filled < _SHARE * len(rows) or filled + empty < len(rows):
        return None
    from datalint.shapes.guess import Guess

    guess = Guess.of({"prompt": _TEXT, "response": key}, clear=True, basis="names")
    return guess.about(rows, known.name)


def _is_phrase(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= _LONGEST

"""Rows whose ``source`` and ``target`` are two things that a sentence is about, as in metaphors, and no translation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from datalint.shapes.fields import fields_of

if TYPE_CHECKING:
    from datalint.shapes.base import Shape
    from datalint.shapes.guess import Guess

#: Characters of the name of a thing at most, of a sentence at least and at most, and keys that are looked at.
_NAME: Final = 60
_SENTENCE: Final = 20
_LONGEST: Final = 2_000
_KEYS: Final = 32
#: Share of the rows with a sentence that has words of both, and such rows at least.
_SHARE: Final = 0.5
_LEAST: Final = 10
_WORD: Final = r"[^\W\d_]{3,}"


def may_be_things(known: Shape, row: Mapping[str, Any]) -> bool:
    """Return whether both sides of what looks like a translation are short, with a longer text next to them."""
    if known.name != "translation" or len(row) > _KEYS or known.fields is None:
        return False
    sides = _sides(known, row)
    return len(sides) == 2 and all(map(_is_name, (row[key] for key in sides))) and any(_sentences(row, sides))


def two_things(known: Shape, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return an unclear guess for rows with a sentence in which words of both sides are; None for others.

    An example of how a word is used has the word in one language.
    """
    if not rows:
        return None
    sides = _sides(known, rows[0])
    filled = [row for row in rows if any(row.get(key) for key in sides)]
    if sum(_are_in_one(row, sides) for row in filled) < max(_LEAST, _SHARE * len(filled)):
        return None
    from datalint.shapes.guess import Guess

    return Guess(()).about(rows, known.name)


def _sides(known: Shape, row: Mapping[str, Any]) -> list[str]:
    fields = fields_of(known, row)
    return [key for key, part in fields if part in ("prompt", "response") and key in row]


def _is_name(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= _NAME


def _sentences(row: Mapping[str, Any], sides: Sequence[str]) -> Iterator[str]:
    """Yield the texts of a row that are longer than the two sides."""
    for key, value in row.items():
        if key not in sides and isinstance(value, str) and _SENTENCE <= len(value) <= _LONGEST:
            yield value


def _are_in_one(row: Mapping[str, Any], sides: Sequence[str]) -> bool:
    """Whether a text of a row has a word of either side that the other side lacks."""
    if not all(_is_name(row.get(key)) for key in sides):
        return False
    one, other = (_words(row[key]) for key in sides)
    texts = map(_words, _sentences(row, sides))
    return any(words & (one - other) and words & (other - one) for words in texts)


def _words(text: str) -> set[str]:
    return {word.lower() for word in re.findall(_WORD, text)}

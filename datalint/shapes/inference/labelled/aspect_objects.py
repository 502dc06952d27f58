"""Aspects that a label is about, each an object with its words and their place: ``{"start": 1, "term": "food"}``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.aims import AIMS
from datalint.shapes.evidence.names import has_word
from datalint.shapes.evidence.sampled import LEAST_ROWS, Holds
from datalint.shapes.evidence.sampling import columns_of
from datalint.shapes.guess import Guess, can_be_typed

#: Share of the rows whose aspect is in the text, and that do not have the label in the object.
_NEARLY_ALL: Final = 0.9
#: Values of an aspect, and characters of a text in it, at most.
_MOST: Final = 6
_LONGEST: Final = 200


def with_aspect_object(guess: Guess | None, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return a guess about a labelled text with the object of the aspect that its label is about, if rows have one."""
    found = {} if guess is None else dict(guess.columns)
    if guess is None or len(rows) < LEAST_ROWS or found.keys() != {"prompt", "response", "category"}:
        return guess
    columns = [each for each in columns_of(rows) if each.holds is Holds.OBJECT and has_word(each.key, AIMS)]
    text, label = found["prompt"], found["response"]
    if len(columns) != 1 or found["category"] != label or not can_be_typed(columns[0].key):
        return guess
    fits = sum(_is_aspect(row.get(columns[0].key), row.get(text), row.get(label)) for row in rows)
    if fits < _NEARLY_ALL * len(rows):
        return guess
    return guess._replace(columns=Guess.of(found | {"context": columns[0].key}).columns)


def _is_aspect(value: object, text: object, label: object) -> bool:
    """Whether an object has words of a text, besides numbers and other words, and not its label."""
    if not isinstance(value, dict) or not isinstance(text, str) or len(value) > _MOST:
        return False
    said = [each for each in value.values() if isinstance(each, str)]
    plain = all(isinstance(each, str | int | None) for each in value.values())
    within = any(each and len(each) <= _LONGEST and each in text for each in said)
    return plain and within and label not in value.values()

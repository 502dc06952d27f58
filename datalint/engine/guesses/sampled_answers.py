"""Questions with lists of what a model answered, each with its name, next to the right answer: this is learned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from datalint.shapes.fields import fields_of, keys_of
from datalint.shapes.guess import PARTS
from datalint.shapes.side_keys import is_reference
from datalint.support.model_samples import are_model_samples
from datalint.support.text_lists import are_texts

if TYPE_CHECKING:
    from datalint.shapes.base import Shape
    from datalint.shapes.guess import Guess

_SHAPE: Final = "question-answer"
#: Keys of a row that are looked at, and the share of the rows that must have both.
_MOST: Final = 64
_NEARLY_ALL: Final = 0.9


def may_be_sampled(known: Shape, row: Mapping[str, Any]) -> bool:
    """Return whether the answers of a row are lists of what models wrote, and another key has the right one."""
    return known.name == _SHAPE and len(row) <= _MOST and _keys(known, row) is not None


def right_instead(known: Shape, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess that learns the right answers instead of those of models, if nearly all rows have both."""
    if not rows or (keys := _keys(known, rows[0])) is None:
        return None
    sampled, right = keys
    both = sum(are_model_samples(row.get(sampled)) and _is_right(row.get(right)) for row in rows)
    if both < _NEARLY_ALL * len(rows) or known.fields is None:
        return None
    from datalint.shapes.guess import JOIN, Guess, can_be_typed

    fields = fields_of(known, rows[0])
    if not all(field.part in PARTS and can_be_typed(field.key) for field in fields) or not can_be_typed(right):
        return None
    parts = {part: keys_of(fields, part) for part in PARTS}
    named = {part: JOIN.join(found) for part, found in parts.items() if found} | {"response": right}
    return Guess.of(named, clear=True, basis="values").about(rows, known.name)


def _keys(known: Shape, row: Mapping[str, Any]) -> tuple[str, str] | None:
    """Return the keys of what models wrote and of the only right answer; None for other rows."""
    if known.fields is None:
        return None
    learned = keys_of(fields_of(known, row), "response")
    if len(learned) != 1 or not are_model_samples(row.get(learned[0])):
        return None
    right = [key for key, value in row.items() if key not in learned and is_reference(key) and _is_right(value)]
    return (learned[0], right[0]) if len(right) == 1 else None


def _is_right(value: object) -> bool:
    return (isinstance(value, str) and bool(value.strip())) or are_texts(value)

"""Texts with an object of spans as their label: types, marked words and their places, instead of a class."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from datalint.records.spans import typed_spans
from datalint.shapes.formats.text_label import LABELS

if TYPE_CHECKING:
    from datalint.shapes.base import Shape
    from datalint.shapes.guess import Guess

#: The key of the text.
_TEXT: Final = "text"
#: Share of the objects that must be spans or empty.
_NEARLY_ALL: Final = 0.9


def may_be_typed(known: Shape, row: Mapping[str, Any]) -> bool:
    """Return whether the label of a text may be such an object; without a span, it is empty."""
    value = _label_of(row)[1]
    return known.name == "text-label" and isinstance(value, dict) and (not value or bool(typed_spans(value)))


def typed_labels(known: Shape, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess that such objects are labels of parts of the text, None for other objects."""
    key = _label_of(rows[0])[0] if rows else ""
    values = [row.get(key) for row in rows]
    marked = sum(bool(typed_spans(value)) for value in values)
    if not marked or marked + sum(value == {} for value in values) < _NEARLY_ALL * len(rows):
        return None
    from datalint.shapes.guess import Guess

    guess = Guess.of({"prompt": _TEXT, "labels": key}, clear=True, basis="values")
    return guess.about(rows, known.name)


def _label_of(row: Mapping[str, Any]) -> tuple[str, Any]:
    """Return the key that is read as the label, and its value."""
    return next(((key, row[key]) for key in LABELS if key in row), ("", None))

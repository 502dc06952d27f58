"""Prompts of a known shape that are objects with one text, which is read: ``query.content``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from datalint.shapes.fields import fields_of

if TYPE_CHECKING:
    from datalint.shapes.base import Shape
    from datalint.shapes.guess import Guess


def may_be_object(known: Shape, row: Mapping[str, Any]) -> bool:
    """Return whether the prompt of a row of a known shape is an object."""
    if known.fields is None:
        return False
    return any(part == "prompt" and isinstance(row.get(key), dict) for key, part in fields_of(known, row))


def texts_of_objects(known: Shape, rows: Sequence[dict[str, Any]]) -> Guess | None:
    """Return the guess that reads the only text of each object; None for objects that say more."""
    from datalint.shapes.guess import Guess, can_be_typed, of_parts
    from datalint.shapes.inference.texts.object_texts import with_object_texts

    fields = fields_of(known, rows[0]) if rows else ()
    if not all(can_be_typed(field.key) for field in fields) or any(field.part == "history" for field in fields):
        return None
    plain = Guess.of(of_parts(fields), clear=True, basis="names")
    guess = with_object_texts(plain, rows)
    return None if guess is None or guess == plain else guess.about(rows, known.name)

"""Rows with two keys of a response, of which the one that a known shape reads is empty: the other one is learned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from datalint.shapes.fields import fields_of, keys_of
from datalint.shapes.guess import PARTS

if TYPE_CHECKING:
    from datalint.shapes.base import Field, Shape
    from datalint.shapes.guess import Guess

#: Keys of a row that are looked at.
_MOST: Final = 64
#: Share of the rows in which the first response is empty and the other one is not.
_NEARLY_ALL: Final = 0.9


def may_be_blank(known: Shape, row: Mapping[str, Any]) -> bool:
    """Return whether the response that a shape reads of a row is empty, and another one is not."""
    return len(row) <= _MOST and _other(known, row) is not None


def other_response(known: Shape, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess that another key of the shape holds the responses, if the usual one is empty in nearly all rows.

    None for other rows: those with a response under either key have two kinds of responses.
    """
    if not rows or (found := _other(known, rows[0])) is None:
        return None
    empty, fields = found
    response = next(key for key, part in fields if part == "response")
    if sum(not row.get(empty) and bool(row.get(response)) for row in rows) < _NEARLY_ALL * len(rows):
        return None
    from datalint.shapes.guess import JOIN, Guess, can_be_typed

    keys = {part: [key for key, each in fields if each == part] for part in PARTS}
    if not all(can_be_typed(key) for key, _ in fields):
        return None
    named = {part: JOIN.join(some) for part, some in keys.items() if some}
    return Guess.of(named, clear=True, basis="values").about(rows, known.name)


def _other(known: Shape, row: Mapping[str, Any]) -> tuple[str, tuple[Field, ...]] | None:
    """Return the key of the empty response of a row, and the fields of the row without it; None for other rows."""
    if known.fields is None:
        return None
    responses = keys_of(fields_of(known, row), "response")
    if len(responses) != 1 or not _is_empty(row.get(responses[0])):
        return None
    rest = {key: value for key, value in row.items() if key != responses[0] and value not in ("", [], {})}
    fields = fields_of(known, rest)
    others = keys_of(fields, "response")
    asked = any(part == "prompt" for _, part in fields) and all(part in PARTS for _, part in fields)
    return (responses[0], fields) if len(others) == 1 and asked else None


def _is_empty(value: object) -> bool:
    return value in ("", [], {}) or (isinstance(value, str) and not value.strip())

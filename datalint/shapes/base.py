"""What a shape is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from datalint.shapes.sink import Sink


class Shape(NamedTuple):
    """One meaning of a row's keys.

    ``schema`` is the shape's JSON Schema, with ``x-rule`` naming the rule that reports a keyword's violation.
    ``read`` puts a row's turns into a sink and must survive any value. ``keys`` are the top-level keys that
    the shape knows, for spelling suggestions. ``conversational`` shapes hold turns whose order matters.
    """

    name: str
    title: str
    schema: dict[str, Any]
    read: Callable[[dict[str, Any], Sink], None]
    keys: tuple[str, ...]
    conversational: bool = False


def strings(*names: str, required: tuple[str, ...]) -> dict[str, Any]:
    """Return an object schema whose ``names`` are strings, ``required`` among them."""
    return {
        "type": "object",
        "required": list(required),
        "properties": {name: {"type": "string"} for name in names},
    }

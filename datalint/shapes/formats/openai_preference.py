"""OpenAI preference: ``input`` with ``preferred_output`` and ``non_preferred_output``."""

from __future__ import annotations

from typing import Any, Final

from datalint.shapes.base import Shape, having
from datalint.shapes.message_schema import messages_schema
from datalint.shapes.messages import read_messages
from datalint.shapes.sink import Sink

#: OpenAI's API documents the first pair; its OpenAPI file has spelled it as the second.
_SIDES: Final = (
    ("preferred_output", "non_preferred_output"),
    ("preferred_completion", "non_preferred_completion"),
)


def _make(chosen: str, rejected: str) -> Shape:
    """Return the shape whose sides stand under these keys."""

    def read(value: dict[str, Any], sink: Sink) -> None:
        sink.features.add("preference")
        given = value.get("input")
        if isinstance(given, dict):
            if given.get("tools"):
                sink.features.add("tools")
            read_messages(given.get("messages"), "$.input.messages", sink)
        elif isinstance(given, list):
            read_messages(given, "$.input", sink)
        read_messages(value.get(chosen), f"$.{chosen}", sink, side="chosen")
        read_messages(value.get(rejected), f"$.{rejected}", sink, side="rejected")

    schema: dict[str, Any] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "OpenAI preference",
        "type": "object",
        "required": ["input", chosen, rejected],
        "properties": {
            "input": {
                "type": "object",
                "required": ["messages"],
                "properties": {"messages": messages_schema(), "tools": {"type": ["array", "null"]}},
            },
            chosen: messages_schema(empty="empty-preference-side"),
            rejected: messages_schema(empty="empty-preference-side"),
        },
    }
    return Shape(
        name="openai-preference",
        title=f"OpenAI preference ({chosen}, {rejected})",
        kind="preference",
        fits=having("input", chosen, rejected),
        schema=schema,
        read=read,
        keys=("input", chosen, rejected),
        sole=True,
        reads=("input",),
        lists=("input.messages", chosen, rejected),
        categories=(),
    )


SHAPES: Final = tuple(_make(*sides) for sides in _SIDES)

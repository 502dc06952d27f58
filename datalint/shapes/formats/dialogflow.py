"""Dialogflow's training phrases: ``data`` with the pieces of what a user may say, of which some name an entity."""

from __future__ import annotations

from typing import Any, Final

from datalint.shapes.base import Shape, having
from datalint.shapes.sink import Sink
from datalint.support.names.intent_keys import text_of


def _read(value: dict[str, Any], sink: Sink) -> None:
    """Read the pieces as one prompt. Their entities are learned, and are no text to check."""
    if isinstance(text := text_of(value), str):
        sink.prompt(text, "$.data")


def _are_pieces(value: object) -> bool:
    return isinstance(text_of({"data": value}), str)


SHAPE: Final = Shape(
    name="dialogflow",
    title="Dialogflow's training phrases (data, isTemplate)",
    kind="sft",
    fits=having("data", "isTemplate", none_of=("messages", "prompt")),
    schema={
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "required": ["data"],
        "properties": {
            "data": {
                "type": "array",
                "items": {"type": "object", "required": ["text"], "properties": {"text": {"type": "string"}}},
            },
        },
    },
    read=_read,
    keys=("data", "isTemplate", "count", "updated", "id"),
    decided_by=("data", _are_pieces),
    sole=True,
    reads=("data",),
    marks=("data",),
    categories=(),
)

"""Classification of conversations: ``messages`` without an answer, and a label. ms-swift."""

from __future__ import annotations

from typing import Any, Final

from datalint.shapes.base import Shape, never
from datalint.shapes.message_schema import messages_schema
from datalint.shapes.messages import read_messages
from datalint.shapes.sink import Sink


def _read(value: dict[str, Any], sink: Sink) -> None:
    """Read the turns, then the label as the response."""
    read_messages(value.get("messages"), "$.messages", sink)
    label = value.get("label")
    if label == []:
        return
    if isinstance(label, list):
        label = ", ".join(map(str, label))
    sink.response(label, "$.label")


SHAPE: Final = Shape(
    name="classification",
    title="classification of conversations (messages, label)",
    kind="sft",
    fits=never,
    schema={
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "required": ["messages", "label"],
        "properties": {
            "messages": messages_schema(),
            "label": {"type": ["number", "string", "array", "boolean"]},
        },
    },
    read=_read,
    keys=("messages", "label", "id"),
    reads=("label",),
    lists=("messages",),
    categories=("label", "responses"),
)

"""Amazon Bedrock Converse: ``messages`` whose content is a list of ``{"text": …}`` blocks."""

from __future__ import annotations

from typing import Any, Final

from datalint.shapes.base import Shape, having
from datalint.shapes.message_schema import messages_schema
from datalint.shapes.messages import read_messages
from datalint.shapes.sink import Sink


def _read(value: dict[str, Any], sink: Sink) -> None:
    """Read the ``system`` blocks, then the turns."""
    system = value.get("system")
    if isinstance(system, list):
        for index, block in enumerate(system):
            if isinstance(block, dict) and isinstance(block.get("text"), str):
                sink.add("system", block["text"], f"$.system[{index}].text")
    if value.get("toolConfig"):
        sink.features.add("tools")
    read_messages(value.get("messages"), "$.messages", sink)


_SCHEMA: Final[dict[str, Any]] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "Bedrock Converse",
    "type": "object",
    "required": ["messages"],
    "properties": {
        "schemaVersion": {"type": "string"},
        "system": {
            "type": "array",
            "items": {"type": "object", "required": ["text"], "properties": {"text": {"type": "string"}}},
        },
        "messages": messages_schema(roles=("user", "assistant")),
    },
}

SHAPE: Final = Shape(
    name="bedrock-converse",
    title="Bedrock Converse (messages of content blocks)",
    kind="sft",
    fits=having("messages", "schemaVersion"),
    schema=_SCHEMA,
    read=_read,
    keys=("schemaVersion", "system", "messages", "toolConfig"),
    family="messages",
    lists=("messages",),
)

"""KTO: one completion and a boolean that says whether it is wanted."""

from __future__ import annotations

from typing import Any

from datalint.shapes.base import Shape
from datalint.shapes.messages import messages_schema, read_messages
from datalint.shapes.prompt_completion import read_side
from datalint.shapes.sharegpt import CONVERSATIONS, read_turns
from datalint.shapes.sink import Sink


def read(value: dict[str, Any], sink: Sink) -> None:
    """Read messages, conversations, or a prompt with its completion."""
    sink.features.add("kto")
    if "messages" in value:
        read_messages(value["messages"], "$.messages", sink)
    elif "conversations" in value:
        read_turns(value["conversations"], "$.conversations", sink)
    else:
        read_side(value.get("prompt"), "$.prompt", sink, response=False)
        read_side(value.get("completion"), "$.completion", sink, response=True)


SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "KTO",
    "type": "object",
    "properties": {
        "messages": messages_schema(),
        "conversations": CONVERSATIONS,
        "prompt": {"type": ["string", "array"], "if": {"type": "array"}, "then": messages_schema()},
        "completion": {"type": ["string", "array"], "if": {"type": "array"}, "then": messages_schema()},
    },
}

SHAPE = Shape("kto", "KTO (completion + label)", SCHEMA, read, ("prompt", "completion", "messages", "label", "kto_tag"))


def is_preference_label(label: object) -> bool:
    """Tell a KTO label, true or false, from a category that is called label."""
    return isinstance(label, bool) or label in (0, 1, None) or str(label).strip().lower() in ("true", "false")

"""Conversations whose last answer is the better one, with the worse one next to it. ms-swift, OpenPipe."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from datalint.shapes.base import Shape
from datalint.shapes.message_schema import messages_schema
from datalint.shapes.messages import add_system, answer_start, read_message, read_messages
from datalint.shapes.sink import Sink

_REJECTED: Final = ("rejected_response", "rejected_messages", "rejected_message", "rejected_images", "rejected")


def _fits(keys: Collection[str]) -> bool:
    return "messages" in keys and "chosen" not in keys and any(key in keys for key in _REJECTED)


def _read(value: dict[str, Any], sink: Sink) -> None:
    """Read the turns before the last answer, that answer as chosen, and the rejected one."""
    sink.features.add("preference")
    system = value.get("system")
    if isinstance(system, str) and system:
        add_system(system, "$.system", value.get("messages"), sink)
    if value.get("tools") and value.get("tools") != "[]":
        sink.features.add("tools")
    messages = value.get("messages")
    if not isinstance(messages, list):
        return
    start = answer_start(messages)
    read_messages(messages[:start], "$.messages", sink)
    read_messages(messages[start:], "$.messages", sink, side="chosen", first=start)
    if value.get("rejected_images"):
        # What differs may be the images alone.
        return
    for key in _REJECTED:
        rejected = value.get(key)
        if isinstance(rejected, str):
            sink.response(rejected, f"$.{key}", "rejected")
        elif isinstance(rejected, dict):
            read_message(rejected, f"$.{key}.content", sink, side="rejected")
        elif isinstance(rejected, list) and key in ("rejected_messages", "rejected_response"):
            begin = answer_start(rejected)
            if rejected and all(isinstance(each, str) for each in rejected):
                sink.response("\n".join(rejected), f"$.{key}", "rejected")
            else:
                read_messages(rejected[begin:], f"$.{key}", sink, side="rejected", first=begin)


SHAPE: Final = Shape(
    name="chat-preference",
    title="chat preference (messages, rejected_response)",
    kind="preference",
    fits=_fits,
    schema={
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "required": ["messages"],
        "properties": {
            "messages": messages_schema(),
            "rejected_response": {"type": ["string", "array", "null"]},
            "rejected_messages": {**messages_schema(empty="empty-preference-side"), "type": ["array", "null"]},
            "rejected_message": {"type": ["object", "string", "null"]},
        },
    },
    read=_read,
    keys=("messages", *_REJECTED, "tools", "system", "id", "images"),
    sole=True,
    reads=_REJECTED[:3],
    lists=("messages", "rejected_messages", "rejected_message"),
    categories=(),
)

"""OpenAI chat: ``messages`` with roles, content parts and tools. Read by nearly every trainer."""

from __future__ import annotations

from typing import Any

from datalint.shapes.base import Shape
from datalint.shapes.messages import messages_schema, read_messages
from datalint.shapes.sink import Sink

KEYS = ("messages", "tools", "parallel_tool_calls", "functions", "tool_choice", "system", "metadata", "id")


def read(value: dict[str, Any], sink: Sink) -> None:
    """Read the turns of ``messages``; a row-level ``system`` string comes first."""
    system = value.get("system")
    if isinstance(system, str):
        sink.add("system", system, "$.system")
    if value.get("tools") or value.get("functions"):
        sink.features.add("tools")
    read_messages(value.get("messages"), "$.messages", sink)


SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "OpenAI chat",
    "type": "object",
    "required": ["messages"],
    "properties": {
        "messages": messages_schema(),
        "tools": {"type": ["array", "string", "null"]},
        "functions": {"type": ["array", "null"]},
        "parallel_tool_calls": {"type": ["boolean", "null"]},
    },
}

SHAPE = Shape("openai-chat", "OpenAI chat (messages)", SCHEMA, read, KEYS, conversational=True)

#: Reinforcement fine-tuning: the same messages, ending with the user's, beside fields for a grader.
RFT = Shape("openai-rft", "OpenAI reinforcement fine-tuning (messages + grader fields)", SCHEMA, read, KEYS)

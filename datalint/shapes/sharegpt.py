"""ShareGPT: ``conversations`` of ``from``/``value`` turns. LLaMA-Factory, axolotl, torchtune, unsloth."""

from __future__ import annotations

from typing import Any

from datalint.shapes.base import Shape
from datalint.shapes.messages import ROLES, SHAREGPT_ROLES, messages_schema, read_messages
from datalint.shapes.sink import Sink

KEYS = ("conversations", "system", "tools", "id", "images", "videos", "audios")


def read_conversations(turns: Any, sink: Sink) -> None:
    """Read ``turns`` (anything); some files keep OpenAI's ``role``/``content`` inside."""
    openai = isinstance(turns, list) and bool(turns) and isinstance(turns[0], dict) and "role" in turns[0]
    role, content = ("role", "content") if openai else ("from", "value")
    read_messages(turns, "$.conversations", sink, role=role, content=content)


def read(value: dict[str, Any], sink: Sink) -> None:
    """Read the row's system prompt, then its turns."""
    system = value.get("system")
    if isinstance(system, str) and system:
        sink.add("system", system, "$.system")
    tools = value.get("tools")
    if tools and tools != "[]":
        sink.features.add("tools")
    read_conversations(value.get("conversations"), sink)


CONVERSATIONS: dict[str, Any] = {
    "type": "array",
    "minItems": 1,
    "x-rule": {"minItems": "empty-messages"},
    "if": {"prefixItems": [{"type": "object", "required": ["role"]}], "minItems": 1},
    "then": messages_schema(roles=tuple(sorted({*ROLES, *SHAREGPT_ROLES}))),
    "else": messages_schema(role="from", content="value", roles=SHAREGPT_ROLES),
}

SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "ShareGPT",
    "type": "object",
    "required": ["conversations"],
    "properties": {
        "conversations": CONVERSATIONS,
        "system": {"type": ["string", "null"]},
        "tools": {"type": ["string", "array", "null"]},
    },
}

SHAPE = Shape("sharegpt", "ShareGPT (conversations)", SCHEMA, read, KEYS, conversational=True)

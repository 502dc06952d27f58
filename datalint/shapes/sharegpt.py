"""ShareGPT: ``conversations`` of ``from``/``value`` turns. LLaMA-Factory, axolotl, torchtune, unsloth."""

from __future__ import annotations

from typing import Any

from datalint.shapes.base import Shape
from datalint.shapes.messages import ROLES, SHAREGPT_ROLES, messages_schema, read_messages
from datalint.shapes.sink import Sink

KEYS = ("conversations", "system", "tools", "id", "images", "videos", "audios")


def read_turns(turns: Any, path: str, sink: Sink, *, side: str = "") -> None:
    """Read ``turns`` (anything) in either spelling: ``role``/``content`` or ``from``/``value``."""
    theirs = isinstance(turns, list) and bool(turns) and isinstance(turns[0], dict) and "from" in turns[0]
    role, content = ("from", "value") if theirs else ("role", "content")
    read_messages(turns, path, sink, role=role, content=content, side=side)


def read(value: dict[str, Any], sink: Sink) -> None:
    """Read the row's system prompt, then its turns."""
    system = value.get("system")
    if isinstance(system, str) and system:
        sink.add("system", system, "$.system")
    tools = value.get("tools")
    if tools and tools != "[]":
        sink.features.add("tools")
    read_turns(value.get("conversations"), "$.conversations", sink)


def turns_schema(*, roles: tuple[str, ...], empty: str = "empty-messages") -> dict[str, Any]:
    """Return the schema of a list of turns in either spelling.

    ``roles`` are those of ``role``/``content`` turns; an empty list violates the rule ``empty``.
    """
    return {
        "type": "array",
        "minItems": 1,
        "x-rule": {"minItems": empty},
        "if": {"prefixItems": [{"type": "object", "required": ["from"]}], "minItems": 1},
        "then": messages_schema(role="from", content="value", roles=SHAREGPT_ROLES, empty=empty),
        "else": messages_schema(roles=roles, empty=empty),
    }


CONVERSATIONS = turns_schema(roles=tuple(sorted({*ROLES, *SHAREGPT_ROLES})))

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

"""ShareGPT: ``conversations`` of ``from``/``value`` turns. LLaMA-Factory, axolotl, torchtune, unsloth."""

from __future__ import annotations

from typing import Any, Final

from datalint.shapes.base import Shape, TurnList, having, never
from datalint.shapes.formats import spoken_messages
from datalint.shapes.message_schema import CONVERSATIONS
from datalint.shapes.messages import add_system, read_turns
from datalint.shapes.sink import Sink


def _read(value: dict[str, Any], sink: Sink) -> None:
    """Read the row's system prompt, then its turns."""
    system = value.get("system")
    if isinstance(system, str) and system:
        add_system(system, "$.system", value.get("conversations") or value.get("messages"), sink)
    tools = value.get("tools")
    if tools and tools != "[]":
        sink.features.add("tools")
    read_turns(value.get("conversations"), "$.conversations", sink)


_SCHEMA: Final[dict[str, Any]] = {
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


def _read_messages(value: dict[str, Any], sink: Sink) -> None:
    """Read the turns where they stand under ``messages``."""
    _read({**value, "conversations": None}, sink)
    read_turns(value.get("messages"), "$.messages", sink)


def _dialect(value: dict[str, Any]) -> Shape:
    """Return the dialect of a row, which its turns tell."""
    return spoken_messages.variant(value, "conversations") or SHAPE


SHAPE: Final = Shape(
    name="sharegpt",
    title="ShareGPT (conversations)",
    kind="sft",
    fits=having("conversations"),
    schema=_SCHEMA,
    read=_read,
    keys=("conversations", "system", "tools", "id", "images", "videos", "audios"),
    dialect=_dialect,
    turns=TurnList("conversations", (("from", "value"), ("role", "content"))),
    lists=("conversations",),
)

#: The same turns under ``messages``.
UNDER_MESSAGES: Final = SHAPE._replace(
    title="ShareGPT turns under messages",
    fits=never,
    dialect=None,
    schema={**_SCHEMA, "required": ["messages"], "properties": {**_SCHEMA["properties"], "messages": CONVERSATIONS}},
    read=_read_messages,
    keys=("messages", "system", "tools", "id"),
    turns=None,
    lists=("messages",),
)

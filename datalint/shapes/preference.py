"""Preference pairs: ``chosen`` and ``rejected`` with an explicit or implicit prompt (TRL, axolotl, LLaMA-Factory)."""

from __future__ import annotations

from typing import Any, Final

from datalint.shapes.base import Shape
from datalint.shapes.messages import ROLES, messages_schema
from datalint.shapes.prompt_completion import read_side
from datalint.shapes.sharegpt import CONVERSATIONS, read_turns, turns_schema
from datalint.shapes.sink import Sink

#: Pairs of keys that mean the better and the worse answer.
SIDES: Final = (
    ("chosen", "rejected"),
    ("chosen_messages", "rejected_messages"),
    ("chosen_conversations", "rejected_conversations"),
    ("chosen_response", "rejected_response"),
    ("response_chosen", "response_rejected"),
    ("response_j", "response_k"),
)
_PROMPTS: Final = ("prompt", "question", "input", "instruction")

_SIDE: Final[dict[str, Any]] = {
    "type": ["string", "array", "object"],
    "if": {"type": "array"},
    "then": turns_schema(roles=ROLES, empty="empty-preference-side"),
}


def make(chosen: str, rejected: str) -> Shape:
    """Return the shape whose sides stand under these keys."""

    def read(value: dict[str, Any], sink: Sink) -> None:
        sink.features.add("preference")
        system = value.get("system")
        if isinstance(system, str) and system:
            sink.add("system", system, "$.system")
        if value.get("tools") and value.get("tools") != "[]":
            sink.features.add("tools")
        if "conversations" in value:
            read_turns(value["conversations"], "$.conversations", sink)
        elif "messages" in value:
            read_side(value["messages"], "$.messages", sink, response=False)
        else:
            for key in _PROMPTS:
                if key in value:
                    read_side(value[key], f"$.{key}", sink, response=False)
        read_side(value.get(chosen), f"$.{chosen}", sink, response=True, side="chosen")
        read_side(value.get(rejected), f"$.{rejected}", sink, response=True, side="rejected")

    schema: dict[str, Any] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Preference",
        "type": "object",
        "required": [chosen, rejected],
        "properties": {
            chosen: _SIDE,
            rejected: _SIDE,
            "conversations": CONVERSATIONS,
            "messages": messages_schema(),
            "prompt": {"type": ["string", "array"], "if": {"type": "array"}, "then": messages_schema()},
            "question": {"type": "string"},
        },
    }
    keys = (chosen, rejected, "prompt", "question", "conversations", "messages", "system", "tools", "id")
    return Shape("preference", f"preference ({chosen}, {rejected})", schema, read, keys)


SHAPES: Final = {sides: make(*sides) for sides in SIDES}
SHAPE = SHAPES[("chosen", "rejected")]

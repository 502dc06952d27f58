"""Preference pairs: a prompt, a chosen answer and a rejected one. TRL, axolotl, LLaMA-Factory, ms-swift, torchtune."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from datalint.shapes.base import CHAT_EXTRAS, Field, Part, Shape, having
from datalint.shapes.contexts import read_context
from datalint.shapes.fields import TEXT_OR_MESSAGES, read_side
from datalint.shapes.message_schema import CONVERSATIONS, ROLES, messages_schema, turns_schema
from datalint.shapes.messages import read_turns
from datalint.shapes.sink import Sink

#: Pairs of keys that mean the better and the worse answer.
_SIDES: Final = (
    ("chosen", "rejected"),
    ("chosen_messages", "rejected_messages"),
    ("chosen_conversations", "rejected_conversations"),
    ("chosen_response", "rejected_response"),
    ("response_chosen", "response_rejected"),
    ("response_j", "response_k"),
    # An answer with the worse one next to it.
    *((key, f"rejected_{key}") for key in ("response", "output", "completion", "answer", "text")),
)
#: The same, where a prompt is next to them.
_PROMPTED: Final = ("text", "rejected")
_PROMPTS: Final = ("prompt", "question", "query", "instruction", "input")

#: Keys of what the model reads next to a prompt.
_CONTEXTS: Final = ("context", "contexts", "passage", "passages", "document", "documents")

_SIDE: Final[dict[str, Any]] = {
    "type": ["string", "array", "object"],
    "if": {"type": "array"},
    "then": turns_schema(roles=ROLES, empty="empty-preference-side"),
}


#: Keys of whole conversations in place of a prompt.
_CONVERSATIONS: Final = frozenset(("conversations", "messages"))


def _make(chosen: str, rejected: str, *required: str) -> Shape:
    """Return the shape whose sides stand under these keys; rows have the ``required`` ones too."""

    def read(value: dict[str, Any], sink: Sink) -> None:
        sink.features.add("preference")
        system = value.get("system")
        if isinstance(system, str) and system:
            sink.add("system", system, "$.system")
        if value.get("tools") and value.get("tools") != "[]":
            sink.features.add("tools")
        if value.get("conversations") is not None:
            read_turns(value["conversations"], "$.conversations", sink)
        elif value.get("messages") is not None:
            read_side(value["messages"], "$.messages", sink, response=False)
        else:
            given = [key for key in _PROMPTS if value.get(key) is not None]
            # Alpaca's `input` is empty where the instruction says everything.
            for key in [key for key in given if value[key]] or given[:1]:
                read_side(value[key], f"$.{key}", sink, response=False)
        for key in _CONTEXTS:
            read_context(value.get(key), f"$.{key}", sink)
        read_side(value.get(chosen), f"$.{chosen}", sink, response=True, side="chosen")
        read_side(value.get(rejected), f"$.{rejected}", sink, response=True, side="rejected")

    parts: tuple[tuple[str, Part], ...] = ((chosen, "chosen"), (rejected, "rejected"))

    return Shape(
        name="preference",
        title=f"preference ({chosen}, {rejected})",
        kind="preference",
        fits=having(*required, chosen, rejected),
        schema=_schema(chosen, rejected),
        read=read,
        keys=(chosen, rejected, "prompt", "question", "conversations", "messages", "system", "tools", "id"),
        sole=True,
        fields=lambda keys: _fields(keys, parts),
        extras=CHAT_EXTRAS | _CONVERSATIONS,
        features=frozenset(("preference",)),
        reads=(*_PROMPTS, *_CONTEXTS),
        lists=("messages", "conversations", "prompt", chosen, rejected),
        categories=(),
    )


def _fields(keys: Sequence[str], sides: Sequence[tuple[str, Part]]) -> tuple[Field, ...]:
    """Return the turns of rows with one prompt; which of several counts depends on whether they are empty."""
    prompts = [key for key in _PROMPTS if key in keys]
    if len(prompts) > 1:
        return ()
    contexts = [Field(key, "context") for key in _CONTEXTS if key in keys]
    return (
        *(Field(key, "prompt") for key in prompts),
        *contexts,
        *(Field(key, part) for key, part in sides if key in keys),
    )


def _schema(chosen: str, rejected: str) -> dict[str, Any]:
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Preference",
        "type": "object",
        "required": [chosen, rejected],
        "properties": {
            chosen: _SIDE,
            rejected: _SIDE,
            "conversations": CONVERSATIONS,
            "messages": messages_schema(),
            "prompt": TEXT_OR_MESSAGES,
            "question": {"type": "string"},
        },
    }


SHAPES: Final = (*(_make(*sides) for sides in _SIDES), _make(*_PROMPTED, "prompt"))

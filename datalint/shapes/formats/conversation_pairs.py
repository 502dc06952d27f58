"""``conversation`` whose items are a prompt with its answer: XTuner, and Firefly as ms-swift reads it."""

from __future__ import annotations

from typing import Any, Final

from datalint.shapes.base import Shape, TurnList, having
from datalint.shapes.fields import read_history
from datalint.shapes.message_schema import CONVERSATIONS
from datalint.shapes.messages import read_turns
from datalint.shapes.sink import Sink

#: The keys of prompt and answer in an item, in Firefly and in XTuner.
_PAIRS: Final = (("human", "assistant"), ("input", "output"))


def _read(value: dict[str, Any], sink: Sink) -> None:
    """Read the system prompt, of the row or of its first item, and then each item's prompt and answer."""
    _read_row(value, sink)
    items = value.get("conversation")
    for index, item in enumerate(items if isinstance(items, list) else ()):
        if not isinstance(item, dict):
            continue
        path = f"$.conversation[{index}]"
        system = item.get("system")
        if isinstance(system, str) and system:
            sink.add("system", system, f"{path}.system")
        for prompt, answer in _PAIRS:
            if prompt in item or answer in item:
                sink.prompt(item.get(prompt), f"{path}.{prompt}")
                sink.response(item.get(answer), f"{path}.{answer}")
                break


def _read_list(value: dict[str, Any], sink: Sink) -> None:
    _read_row(value, sink)
    key = next(key for key in _LISTS if isinstance(value.get(key), list))
    read_turns(value[key], f"$.{key}", sink)


def _read_row(value: dict[str, Any], sink: Sink) -> None:
    system = value.get("system")
    if isinstance(system, str) and system:
        sink.add("system", system, "$.system")
    if value.get("tools") and value.get("tools") != "[]":
        sink.features.add("tools")
    read_history(value.get("history"), "$.history", sink)


def _has_pairs(value: object) -> bool:
    first = value[0] if isinstance(value, list) and value else None
    return isinstance(first, dict) and any(not first.keys().isdisjoint(pair) for pair in _PAIRS)


def _read_several(value: dict[str, Any], sink: Sink) -> None:
    """Read each of the conversations of a row."""
    _read_row(value, sink)
    for index, turns in enumerate(value["conversation"]):
        read_turns(turns, f"$.conversation[{index}]", sink)


def _are_several(value: object) -> bool:
    return (
        isinstance(value, list)
        and bool(value)
        and all(isinstance(each, list) for each in value)
        and _has_turns(value[0])
    )


def _has_turns(value: object) -> bool:
    first = value[0] if isinstance(value, list) and value else None
    return isinstance(first, dict) and ({"role", "content"} <= first.keys() or {"from", "value"} <= first.keys())


def _read_texts(value: dict[str, Any], sink: Sink) -> None:
    """Read texts of which the first and every second one are the user's."""
    texts = value.get("data")
    for index, text in enumerate(texts if isinstance(texts, list) else ()):
        (sink.response if index % 2 else sink.prompt)(text, f"$.data[{index}]")


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and len(value) > 1 and all(isinstance(text, str) for text in value[:2])


def _item(prompt: str, answer: str) -> dict[str, Any]:
    return {
        "required": [prompt, answer],
        "properties": {prompt: {"type": "string"}, answer: {"type": "string"}, "system": {"type": ["string", "null"]}},
    }


_LISTS: Final = ("conversation", "dialogue", "dialog", "chat", "completion")

SHAPES: Final = (
    Shape(
        name="conversation-pairs",
        title="XTuner or Firefly (conversation of prompts and answers)",
        kind="sft",
        fits=having("conversation"),
        schema={
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "type": "object",
            "required": ["conversation"],
            "properties": {
                "conversation": {
                    "type": "array",
                    "minItems": 1,
                    "x-rule": {"minItems": "empty-messages"},
                    "items": {
                        "type": "object",
                        "x-rule": {"type": "message-not-object"},
                        "if": {"required": ["human"]},
                        "then": _item("human", "assistant"),
                        "else": _item("input", "output"),
                    },
                }
            },
        },
        read=_read,
        keys=("conversation", "system", "tools", "id"),
        reads=("conversation", "history"),
        decided_by=("conversation", _has_pairs),
        family="conversations",
    ),
    Shape(
        name="message-list",
        title="UltraChat (data: texts by turns)",
        kind="sft",
        fits=having("data", none_of=("messages", "conversations", "prompt", "text")),
        schema={
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "type": "object",
            "required": ["data"],
            "properties": {"data": {"type": "array", "items": {"type": "string"}}},
        },
        read=_read_texts,
        keys=("data", "id"),
        reads=("data",),
        decided_by=("data", _are_texts),
        family="conversations",
    ),
    Shape(
        name="message-list",
        title="several conversations",
        kind="sft",
        fits=having("conversation"),
        schema={
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "type": "object",
            "required": ["conversation"],
            "properties": {"conversation": {"type": "array", "items": CONVERSATIONS}},
        },
        read=_read_several,
        keys=("conversation", "system", "tools", "id"),
        reads=("conversation",),
        decided_by=("conversation", _are_several),
        family="conversations",
    ),
    *(
        Shape(
            name="message-list",
            title=f"messages under another name ({key})",
            kind="sft",
            fits=having(key, none_of=("prompt",) if key == "completion" else ("summary", "messages", "conversations")),
            schema={
                "$schema": "https://json-schema.org/draft/2020-12/schema",
                "type": "object",
                "required": [key],
                "properties": {key: CONVERSATIONS},
            },
            read=_read_list,
            keys=(key, "system", "tools", "id"),
            decided_by=(key, _has_turns),
            family="conversations",
            turns=TurnList(key, (("role", "content"), ("from", "value"))),
            lists=(key,),
            conversational=True,
        )
        for key in _LISTS
    ),
)

"""Lists whose items are a prompt with its answer (XTuner, Firefly, DialogStudio), or texts of two who take turns."""

from __future__ import annotations

from typing import Any, Final

from datalint.shapes.base import Shape, TurnList, having
from datalint.shapes.fields import read_history
from datalint.shapes.message_schema import CONVERSATIONS
from datalint.shapes.messages import read_turns
from datalint.shapes.sink import Sink
from datalint.support.names.turn_pairs import PAIRS as OTHER_PAIRS

#: The keys of prompt and answer in an item of ``conversation``, in Firefly and in XTuner; and of ``log``.
_PAIRS: Final = (("human", "assistant"), ("input", "output"))
_LOGGED: Final = (("user utterance", "system response"),)
#: Keys of an item of ``log`` that has a text and does not say whose it is, and what was found in it (MultiWOZ).
_OF_A_TEXT: Final = frozenset(("text", "metadata", "dialog_act", "span_info", "turn_id", "coreference"))
#: What the system knows of the whole dialogue.
_KNOWN: Final = "external knowledge"


def _read(value: dict[str, Any], sink: Sink) -> None:
    """Read the system prompt, of the row or of its first item, and then each item's prompt and answer."""
    _read_row(value, sink)
    _read_pairs(value.get("conversation"), "conversation", _PAIRS, sink)


def _read_log(value: dict[str, Any], sink: Sink) -> None:
    """Read what the system knows, and then what both say; a dialogue of one turn may have no list.

    Where the system begins, the first utterance is empty, and where the user ends, the last response is.
    """
    if value.get(_KNOWN):
        sink.prompt(value[_KNOWN], f"$.{_KNOWN}")
    (said, answered), items = _LOGGED[0], value.get("log")
    if isinstance(items, list) and len(items) > 1 and all(isinstance(each, dict) for each in items):
        first, last = items[0], items[-1]
        items = [{**first, said: None} if not first.get(said) else first, *items[1:]]
        items = items if last.get(answered) else items[:-1]
    _read_pairs(items, "log", _LOGGED, sink)


def _read_pairs(items: object, key: str, pairs: tuple[tuple[str, str], ...], sink: Sink) -> None:
    alone = isinstance(items, dict)
    for index, item in enumerate(items if isinstance(items, list) else [items]):
        if not isinstance(item, dict):
            continue
        path = f"$.{key}" if alone else f"$.{key}[{index}]"
        system = item.get("system")
        if isinstance(system, str) and system:
            sink.add("system", system, f"{path}.system")
        for prompt, answer in pairs:
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
    if not isinstance(first, dict) or any(first.keys() >= {*pair} for pair in OTHER_PAIRS if pair not in _PAIRS):
        return False
    return any(not first.keys().isdisjoint(pair) for pair in _PAIRS)


def _read_log_of_texts(value: dict[str, Any], sink: Sink) -> None:
    """Read texts of which the first and every second one are the user's, up to the last answer."""
    items = value["log"] if isinstance(value["log"], list) else []
    for index, item in enumerate(items[: len(items) // 2 * 2]):
        if isinstance(item, dict):
            (sink.response if index % 2 else sink.prompt)(item.get("text"), f"$.log[{index}].text")


def _is_log_of_texts(value: object) -> bool:
    items = value[:2] if isinstance(value, list) else []
    return len(items) > 1 and all(
        isinstance(each, dict) and isinstance(each.get("text"), str) and {*each} <= _OF_A_TEXT for each in items
    )


def _is_log(value: object) -> bool:
    first = value[0] if isinstance(value, list) and value else value
    return isinstance(first, dict) and first.keys() >= {*_LOGGED[0]}


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


def _log_schema(log: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of rows with a ``log``."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "required": ["log"],
        "properties": {"log": log},
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
        name="conversation-pairs",
        title="DialogStudio (log of utterances and responses)",
        kind="sft",
        fits=having("log", none_of=("messages", "conversations")),
        schema=_log_schema(
            {
                "type": ["array", "object"],
                "minItems": 1,
                "x-rule": {"minItems": "empty-messages"},
                "items": {"type": "object", "x-rule": {"type": "message-not-object"}} | _item(*_LOGGED[0]),
            }
        ),
        read=_read_log,
        keys=("log", _KNOWN, "prompt", "original dialog id", "new dialog id", "dialog index"),
        reads=("log", _KNOWN, "prompt"),
        decided_by=("log", _is_log),
        family="conversations",
    ),
    Shape(
        name="message-list",
        title="MultiWOZ (log: texts by turns)",
        kind="sft",
        fits=having("log", none_of=("messages", "conversations")),
        schema=_log_schema(
            {
                "type": "array",
                "items": {"type": "object", "required": ["text"], "properties": {"text": {"type": "string"}}},
            }
        ),
        read=_read_log_of_texts,
        keys=("log", "goal", "services", "id"),
        reads=("log",),
        decided_by=("log", _is_log_of_texts),
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
        )
        for key in _LISTS
    ),
)

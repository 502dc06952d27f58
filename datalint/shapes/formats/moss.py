"""MOSS: ``chat`` is an object of turns, each with what the user, the tools and the assistant say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from datalint.shapes.base import Shape, having
from datalint.shapes.sink import Sink
from datalint.support.lazy_pattern import lazy_pattern

#: The keys of a turn that hold what is said, in the order in which it is said, and whose each is.
_SPEAKERS: Final = (("Human", "user"), ("Commands", "call"), ("Tool Responses", "tool"), ("MOSS", "assistant"))
#: MOSS's own marks around a text.
_BEGIN: Final = lazy_pattern(r"\s*<\|[\w ]{1,20}\|>:?\s*")
_END: Final = lazy_pattern(r"<eo[a-z]>\s*$")


def _read(value: dict[str, Any], sink: Sink) -> None:
    """Read the system prompt and the turns; a command or result that is the word ``None`` is left out."""
    system = value.get("meta_instruction")
    if isinstance(system, str) and system:
        sink.add("system", system, "$.meta_instruction")
    for path, role, text in _said(value.get("chat")):
        if role == "call":
            sink.add("assistant", "", path, calls=text)
        else:
            sink.add(role, text, path)


def _said(chat: Any) -> Iterator[tuple[str, str, str]]:
    for name, turn in chat.items() if isinstance(chat, dict) else ():
        for key, role in _SPEAKERS if isinstance(turn, dict) else ():
            text = turn.get(key)
            if not isinstance(text, str):
                continue
            bare = _END.sub("", text[_begin(text) :].rstrip())
            if bare.strip() != "None" or role in ("user", "assistant"):
                yield f'$.chat.{name}["{key}"]' if " " in key else f"$.chat.{name}.{key}", role, bare


def _begin(text: str) -> int:
    mark = _BEGIN.match(text)
    return 0 if mark is None else mark.end()


def _has_turns(value: object) -> bool:
    first = next(iter(value.values()), None) if isinstance(value, dict) else None
    return isinstance(first, dict) and "Human" in first


SHAPE: Final = Shape(
    name="moss",
    title="MOSS (chat as an object of turns)",
    kind="sft",
    fits=having("chat", none_of=("messages", "conversations")),
    schema={
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "required": ["chat"],
        "properties": {"chat": {"type": "object", "minProperties": 1}, "meta_instruction": {"type": "string"}},
    },
    read=_read,
    keys=("chat", "meta_instruction", "conversation_id", "num_turns"),
    decided_by=("chat", _has_turns),
    family="conversations",
    reads=("chat", "meta_instruction"),
)

"""Gemini: ``contents`` of turns whose ``parts`` are texts, files and calls; supervised, and as preferences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from datalint.shapes.base import Shape, having
from datalint.shapes.messages import read_message, read_messages
from datalint.shapes.sink import Sink

_ROLES: Final = ("user", "model", "function", "system")


def _read(value: dict[str, Any], sink: Sink) -> None:
    read_turns(value, "$", sink)


def read_turns(value: dict[str, Any], base: str, sink: Sink) -> None:
    """Read the system instruction and the turns of a row, or of the request at the path ``base``."""
    system = value.get("systemInstruction", value.get("system_instruction"))
    name = "systemInstruction" if "systemInstruction" in value else "system_instruction"
    if isinstance(system, str) and system:
        sink.add("system", system, f"{base}.{name}")
    elif isinstance(system, dict):
        read_message({"role": "system", "parts": system.get("parts")}, f"{base}.{name}.parts", sink, content="parts")
    if value.get("tools"):
        sink.features.add("tools")
    read_messages(value.get("contents"), f"{base}.contents", sink, content="parts")


def _read_preference(value: dict[str, Any], sink: Sink) -> None:
    """Read the turns, then the completion with the best score as chosen, and the one with the worst as rejected."""
    sink.features.add("preference")
    _read(value, sink)
    completions = value.get("completions")
    given = completions if isinstance(completions, list) else []
    scored = [
        (each["score"], index)
        for index, each in enumerate(given)
        if isinstance(each, dict) and isinstance(each.get("score"), int | float)
    ]
    if len(scored) < 2:
        return
    best = max(scored, key=lambda item: (item[0], -item[1]))[1]
    worst = min(scored, key=lambda item: (item[0], -item[1]))[1]
    for side, index in (("chosen", best), ("rejected", worst)):
        completion = given[index].get("completion")
        read_message(completion, f"$.completions[{index}].completion.parts", sink, content="parts", side=side)


def _turn(roles: Sequence[str]) -> dict[str, Any]:
    return {
        "type": "object",
        "x-rule": {"type": "message-not-object"},
        "required": ["parts"],
        "properties": {
            "role": {"type": "string", "enum": list(roles), "x-rule": {"enum": "unknown-role"}},
            "parts": {
                "type": ["array", "object"],
                "items": {"type": "object", "x-rule": {"type": "bad-content-part"}},
            },
        },
    }


_SCHEMA: Final[dict[str, Any]] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "required": ["contents"],
    "properties": {
        "contents": {
            "type": "array",
            "minItems": 1,
            "x-rule": {"minItems": "empty-messages"},
            "items": _turn(_ROLES),
        },
        "systemInstruction": {"type": ["object", "string", "null"]},
        "tools": {"type": ["array", "object", "null"]},
    },
}
_KEYS: Final = ("contents", "systemInstruction", "system_instruction", "tools", "generationConfig")


def _may_be_turns(value: object) -> bool:
    """Whether contents may be turns: no text, nor objects of which none has a role or parts."""
    if isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
        return any("parts" in item or "role" in item for item in value)
    return not isinstance(value, str)


SHAPE: Final = Shape(
    name="gemini",
    title="Gemini (contents of parts)",
    kind="sft",
    fits=having("contents"),
    schema=_SCHEMA,
    read=_read,
    keys=_KEYS,
    decided_by=("contents", _may_be_turns),
    reads=("contents", "systemInstruction", "system_instruction"),
    lists=("contents",),
)

PREFERENCE: Final = Shape(
    name="gemini-preference",
    title="Gemini preference (contents, completions with scores)",
    kind="preference",
    fits=having("contents", "completions"),
    schema={
        **_SCHEMA,
        "required": ["contents", "completions"],
        "properties": {
            **_SCHEMA["properties"],
            "completions": {
                "type": "array",
                "minItems": 2,
                "items": {
                    "type": "object",
                    "required": ["score", "completion"],
                    "properties": {"score": {"type": "number"}, "completion": _turn(("model",))},
                },
            },
        },
    },
    read=_read_preference,
    keys=(*_KEYS, "completions"),
    sole=True,
    reads=("contents", "completions", "systemInstruction", "system_instruction"),
    lists=("contents",),
    categories=(),
)

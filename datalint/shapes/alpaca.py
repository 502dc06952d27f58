"""Alpaca: ``instruction``, optional ``input``, and ``output`` (or ``response``)."""

from __future__ import annotations

from typing import Any

from datalint.shapes.base import Shape
from datalint.shapes.sink import Sink

KEYS = ("instruction", "input", "output", "response", "system", "history", "id")


def read(value: dict[str, Any], sink: Sink) -> None:
    """Read system, history pairs, instruction with its input, and the output."""
    system = value.get("system")
    if isinstance(system, str) and system:
        sink.add("system", system, "$.system")
    history = value.get("history")
    if isinstance(history, list):
        for index, pair in enumerate(history):
            if isinstance(pair, list) and len(pair) == 2:
                sink.prompt(pair[0], f"$.history[{index}][0]")
                sink.response(pair[1], f"$.history[{index}][1]")
    instruction, context = value.get("instruction"), value.get("input")
    sink.prompt(instruction, "$.instruction")
    if isinstance(context, str) and context:
        if isinstance(instruction, str):
            sink.add_to_turn(context, "$.input")
        else:
            sink.prompt(context, "$.input")
    key = "output" if "output" in value else "response"
    sink.response(value.get(key), f"$.{key}")


SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "Alpaca",
    "type": "object",
    "required": ["instruction"],
    "if": {"required": ["response"]},
    "else": {"required": ["output"]},
    "properties": {
        "instruction": {"type": "string"},
        "input": {"type": ["string", "null"]},
        "output": {"type": "string"},
        "response": {"type": "string"},
        "system": {"type": ["string", "null"]},
        "history": {
            "type": ["array", "null"],
            "items": {"type": "array", "minItems": 2, "maxItems": 2, "items": {"type": "string"}},
        },
    },
}

SHAPE = Shape("alpaca", "Alpaca (instruction, input, output)", SCHEMA, read, KEYS)

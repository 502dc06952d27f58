"""Alpaca: ``instruction``, optional ``input``, and ``output`` (or ``response``)."""

from __future__ import annotations

from typing import Any, Final

from datalint.shapes.base import Shape, having
from datalint.shapes.fields import choose, field_reader

_OUTPUTS: Final = ("output", "response")
_FIELDS: Final = choose(
    ("system", ("system",)),
    ("history", ("history",)),
    ("prompt", ("instruction",)),
    ("context", ("input",)),
    ("response", _OUTPUTS),
)

_SCHEMA: Final[dict[str, Any]] = {
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

SHAPE: Final = Shape(
    name="alpaca",
    title="Alpaca (instruction, input, output)",
    kind="sft",
    fits=having("instruction", any_of=_OUTPUTS),
    schema=_SCHEMA,
    read=field_reader(_FIELDS),
    keys=("instruction", "input", *_OUTPUTS, "system", "history", "id"),
    family="single turn",
    fields=_FIELDS,
)

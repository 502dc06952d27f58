"""Alpaca: ``instruction``, optional ``input``, and ``output``, or another name of it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from datalint.shapes.base import Shape, having
from datalint.shapes.fields import choose, field_reader
from datalint.shapes.formats import ranked
from datalint.shapes.side_keys import CONTEXT
from datalint.shapes.single_turn import SYSTEM, one_of, single_turn

_OUTPUTS: Final = ("output", "response", "answer", "completion", "target", "revision")
#: Other names of an input.
_INPUTS: Final = ("input_code", "input_text", "input_data", "code_input", "input_context")
_FIELDS: Final = choose(
    ("system", SYSTEM),
    ("history", ("history",)),
    ("prompt", ("instruction",)),
    ("context", (*(key for key in CONTEXT if key not in _OUTPUTS), *_INPUTS)),
    ("response", _OUTPUTS),
)

_SCHEMA: Final[dict[str, Any]] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "Alpaca",
    "type": "object",
    "required": ["instruction"],
    "allOf": [one_of(_OUTPUTS)],
    "properties": {
        "instruction": {"type": "string"},
        "input": {"type": ["string", "null"]},
        **{key: {"type": ["string", "null"]} for key in ("output", "response", "completion")},
        "system": {"type": ["string", "null"]},
        "history": {
            "type": ["array", "null"],
            "items": {"type": ["array", "string"], "minItems": 2, "maxItems": 2, "items": {"type": "string"}},
        },
    },
}


def _fits(keys: Collection[str]) -> bool:
    if "instruction" not in keys or not any(key in keys for key in _OUTPUTS):
        return False
    return not _has_text_and_target(keys) and not _has_question(keys)


#: Where the instruction says what to do with a question, which is what is asked.
_has_question = having("instruction", "question", any_of=("answer", "response", "output"), none_of=("input",))
_has_text_and_target = having("instruction", "text", "target", none_of=_OUTPUTS[:2])


def _dialect(value: dict[str, Any]) -> Shape:
    """Return the dialect of a row, which its answer tells."""
    return ranked.LISTED if ranked.are_listed(value) else SHAPE


SHAPE: Final = Shape(
    name="alpaca",
    title="Alpaca (instruction, input, output)",
    kind="sft",
    fits=_fits,
    schema=_SCHEMA,
    read=field_reader(_FIELDS),
    keys=("instruction", "input", *_OUTPUTS, *SYSTEM, "history", "id"),
    dialect=_dialect,
    family="single turn",
    fields=_FIELDS,
)

#: xTuring's instruction sets, where ``text`` is what the instruction is about.
XTURING: Final = single_turn(
    "alpaca",
    "instruction, text and target (xTuring)",
    prompt=("instruction",),
    response=("target",),
    context=("text",),
    fits=_has_text_and_target,
)

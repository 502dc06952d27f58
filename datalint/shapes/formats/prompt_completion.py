"""Prompt and completion, as strings or as lists of messages; and its spellings."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from datalint.shapes.base import Shape
from datalint.shapes.fields import TEXT_OR_MESSAGES, choose, field_reader
from datalint.shapes.formats import alpaca
from datalint.support.spelling import nearest

#: Key pairs that mean a prompt and its completion, and where each is in use.
_PAIRS: Final = (
    ("prompt", "completion"),  # OpenAI legacy, Together, Bedrock, TRL
    ("prompt", "response"),
    ("query", "response"),  # ms-swift
    ("input", "output"),
    ("input", "target"),
    ("inputs", "targets"),
)
#: Characters of a key up to which it may be a slip.
_LONGEST: Final = 40


def pair_shape(name: str, title: str, prompt: str, response: str) -> Shape:
    """Return the shape whose prompt and response stand under these keys."""
    fields = choose(("system", ("system",)), ("prompt", (prompt,)), ("response", (response,)))
    schema: dict[str, Any] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        "type": "object",
        "required": [prompt, response],
        "properties": {prompt: TEXT_OR_MESSAGES, response: TEXT_OR_MESSAGES},
    }

    def fits(keys: Collection[str]) -> bool:
        return prompt in keys and response in keys and not alpaca.SHAPE.fits(keys) and not _lacks_instruction(keys)

    return Shape(
        name=name,
        title=f"{title} ({prompt}, {response})",
        kind="sft",
        fits=fits,
        schema=schema,
        read=field_reader(fields),
        keys=(prompt, response, "system", "tools", "history", "id"),
        family=name,
        fields=fields,
        lists=(prompt, response) if prompt == "prompt" else (),
    )


def _lacks_instruction(keys: Collection[str]) -> bool:
    """Whether a key is a misspelled instruction: it would be lost, and its input taken for the prompt."""
    if "input" not in keys or "output" not in keys:
        return False
    return any(len(key) <= _LONGEST and nearest(key, "row") == "instruction" for key in keys)


SHAPES: Final = tuple(pair_shape("prompt-completion", "prompt and completion", *pair) for pair in _PAIRS)

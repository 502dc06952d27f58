"""A shape that the user declares with ``--columns prompt=question,response=answer``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from datalint.core.errors import DatalintError
from datalint.shapes.base import Shape, having
from datalint.shapes.fields import read_context, read_side
from datalint.shapes.guess import keys_of
from datalint.shapes.messages import read_turns
from datalint.shapes.sink import Sink
from datalint.shapes.speakers import are_texts, read_texts

if TYPE_CHECKING:
    from datalint.shapes.guess import Guess

#: What a column may be mapped to.
MEANINGS = ("system", "prompt", "context", "response", "chosen", "rejected", "text", "messages", "category")


#: Its name as a shape, and the meanings whose keys a row may lack and still be of it.
NAME = "mapped"
OPTIONAL = ("system", "prompt", "context")
#: The name of prompts alone, which nobody answers.
PROMPTS = "mapped-prompts"
_TYPES = ("string", "array", "object")
#: Sets of keys whose contexts are remembered.
_REMEMBERED = 256
#: A response may be a label that is no text.
_SCALARS = ("integer", "number", "boolean")


def guessed(guess: Guess) -> Shape:
    """Return the shape of rows whose keys mean what was guessed."""
    shape = make(dict(guess.columns))
    assert shape is not None
    return shape._replace(schema=shape.schema | {"required": list(guess.required)}, fits=having(*guess.required))


def make(columns: Mapping[str, str]) -> Shape | None:
    """Return the shape that ``columns`` (meaning → key) declares; None when only a category is mapped.

    Raises:
        DatalintError: for a meaning that isn't one, or a mapping that leaves nothing to learn from.
    """
    for meaning in columns:
        if meaning not in MEANINGS:
            raise DatalintError(f"--columns maps {meaning!r}; it can map {', '.join(MEANINGS)}")
    parts = {meaning: key for meaning, key in columns.items() if meaning != "category"}
    if not parts:
        return None
    preference = "chosen" in parts and "rejected" in parts
    if not preference and parts.keys().isdisjoint(("prompt", "response", "text", "messages")):
        raise DatalintError("--columns maps no text; add prompt=KEY and response=KEY (or text=KEY, or messages=KEY)")
    if "context" in parts and "prompt" not in parts:
        raise DatalintError("--columns maps a context, which is read next to a prompt; add prompt=KEY")
    prompts = not preference and parts.keys() <= {*OPTIONAL}
    mapped = keys_of("context", parts["context"]) if "context" in parts else None
    taken = tuple(key for meaning, value in columns.items() for key in keys_of(meaning, value))

    @lru_cache(maxsize=_REMEMBERED)
    def contexts(keys: tuple[str, ...]) -> tuple[str, ...]:
        """Return the keys that hold what the model reads next to the prompt: those mapped to it, or by their names."""
        from datalint.support.column_names import Strength, strength

        if mapped is not None:
            return tuple(key for key in mapped if key in keys)
        return tuple(key for key in keys if key not in taken and strength(key, "context") >= Strength.HEAD)

    def read(value: dict[str, Any], sink: Sink) -> None:
        if preference:
            sink.features.add("preference")
        for meaning in MEANINGS[:-1]:
            key = parts.get(meaning)
            if key is None or key not in value:
                continue
            item, path = value[key], f"$.{key}"
            if meaning == "system" and isinstance(item, str):
                sink.add("system", item, path)
            elif meaning == "text" and isinstance(item, str):
                sink.add("text", item, path)
            elif meaning == "prompt":
                read_side(item, path, sink, response=False)
                for context in contexts(tuple(value)):
                    read_context(value[context], f"$.{context}", sink)
            elif meaning == "messages" and are_texts(item):
                read_texts(item, path, sink)
            elif meaning == "messages" and isinstance(item, list):
                read_turns(item, path, sink)
            elif meaning == "messages":
                read_side(item, path, sink, response=False)
            elif meaning == "response":
                read_side(item, path, sink, response=True)
            elif meaning in ("chosen", "rejected"):
                read_side(item, path, sink, response=True, side=meaning)

    required = [key for meaning, key in parts.items() if meaning not in OPTIONAL] or [parts["prompt"]]
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "required": required,
        "properties": {
            key: {"type": [*_TYPES, *(_SCALARS if meaning == "response" else ())]}
            for meaning, key in parts.items()
            if meaning != "context"
        },
    }
    named = ", ".join(f"{meaning}={key}" for meaning, key in columns.items())
    return Shape(
        name=PROMPTS if prompts else NAME,
        title=f"columns as mapped ({named})",
        kind="preference" if preference else "rl" if prompts else "text" if "text" in parts else "sft",
        fits=having(*required),
        schema=schema,
        read=read,
        keys=taken,
        reads=taken,
    )

"""Intents of a chatbot: a name, what a user may say, and what is answered. Also a label with a list of its examples."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final

from datalint.records.canonical import as_text
from datalint.shapes.base import Shape
from datalint.shapes.fields import read_side
from datalint.shapes.sink import Sink
from datalint.support.names.intent_keys import (
    ALONE,
    ANSWERS,
    ENTITIES,
    FOREIGN,
    NAMES,
    SAID,
    are_texts,
    names_of,
    text_of,
)

NAME: Final = "intents"


def _make(said: str) -> Shape:
    def read(value: dict[str, Any], sink: Sink) -> None:
        """Read the texts as one prompt, and the answers, or else the name, as its response."""
        if isinstance(value[said], list):
            sink.prompt("\n".join(map(as_text, map(text_of, value[said]))), f"$.{said}")
        answers = next((key for key in ANSWERS if value.get(key)), None)
        if answers is not None:
            # Next to answers, a list may have what they belong to: the name is no answer then.
            if texts := _texts(value[answers]):
                read_side(texts, f"$.{answers}", sink, response=True)
        elif (name := next((key for key in NAMES if isinstance(value.get(key), str)), None)) is not None:
            read_side(value[name], f"$.{name}", sink, response=True)

    def fits(keys: Collection[str]) -> bool:
        named = any(key in keys for key in names_of(said, keys))
        if not named or any(key in keys for key in FOREIGN):
            return False
        return said in keys and (said in ALONE or ALONE.isdisjoint(keys))

    return Shape(
        name=NAME,
        title=f"intents ({said})",
        kind="sft",
        fits=fits,
        schema={
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "type": "object",
            "required": [said],
            "properties": {said: {"type": "array", "items": {"type": ["string", "object"]}}},
        },
        read=read,
        keys=(said,),
        decided_by=(said, are_texts),
        sole=True,
        reads=(said, *ANSWERS, *NAMES),
        marks=(ENTITIES,),
        categories=("label",),
    )


def _texts(value: object) -> list[str]:
    """Return the texts of a list, or the only one; empty ones of several, which stand for no answer, are left out."""
    items = value if isinstance(value, list) else [value]
    texts = [text for each in items if isinstance(text := text_of(each), str)]
    return [text for text in texts if text.strip()] or texts[:1]


def alternatives(record: Mapping[str, Any], path: str) -> list[str]:
    """Return the texts at a path of a turn: what a user may say in other words, or several answers to all of it."""
    return _texts(record.get(path.removeprefix("$.")))


SHAPES: Final = tuple(map(_make, SAID))

"""Intents of a chatbot: a name, what a user may say, and what is answered. Also a label with a list of its examples."""

from __future__ import annotations

from typing import Any, Final

from datalint.records.canonical import as_text
from datalint.shapes.base import Shape, having
from datalint.shapes.fields import read_side
from datalint.shapes.sink import Sink
from datalint.support.intent_keys import FOREIGN, NAMES, SAID

NAME: Final = "intents"
#: Keys of the answers.
_ANSWERS: Final = ("responses", "answers", "response")


def _make(said: str) -> Shape:
    def read(value: dict[str, Any], sink: Sink) -> None:
        """Read the texts as one prompt, and the answers, or else the name, as its response."""
        texts = value[said]
        if isinstance(texts, list):
            sink.prompt("\n".join(map(as_text, map(_text, texts))), f"$.{said}")
        answers = next((key for key in _ANSWERS if _are_answers(value.get(key))), None)
        name = next((key for key in NAMES if isinstance(value.get(key), str)), None)
        if (key := answers or name) is not None:
            read_side(value[key], f"$.{key}", sink, response=True)

    return Shape(
        name=NAME,
        title=f"intents ({said})",
        kind="sft",
        fits=having(said, any_of=NAMES, none_of=FOREIGN),
        schema={
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "type": "object",
            "required": [said],
            "properties": {said: {"type": "array", "items": {"type": ["string", "object"]}}},
        },
        read=read,
        keys=(said,),
        decided_by=(said, _are_texts),
        sole=True,
        reads=(said, *_ANSWERS, *NAMES),
        categories=("label",),
    )


def _are_answers(value: object) -> bool:
    items = value if isinstance(value, list) else [value]
    return bool(items) and all(isinstance(each, str) for each in items)


def _text(item: object) -> object:
    return item.get("text") if isinstance(item, dict) else item


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(_text(item), str) for item in value)


SHAPES: Final = tuple(map(_make, SAID))

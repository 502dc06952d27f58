"""Intents of a chatbot: a name, what a user may say, and what is answered. Also a label with a list of its examples."""

from __future__ import annotations

from typing import Any, Final

from datalint.records.canonical import as_text
from datalint.shapes.base import Shape, having
from datalint.shapes.fields import read_side
from datalint.shapes.sink import Sink

#: Keys of the name, the first that a row has, and of the answers.
_NAMES: Final = ("tag", "intent", "label", "class", "name", "action", "category")
_ANSWERS: Final = ("responses", "answers", "response")
#: Keys of what a user may say, next to one of a name.
_SAID: Final = ("patterns", "utterances", "phrases", "training_phrases", "trainingPhrases", "user_examples")


def _make(said: str) -> Shape:
    def read(value: dict[str, Any], sink: Sink) -> None:
        """Read the texts as one prompt, and the answers, or else the name, as its response."""
        texts = value[said]
        if isinstance(texts, list):
            sink.prompt("\n".join(map(as_text, map(_text, texts))), f"$.{said}")
        answers = next((key for key in _ANSWERS if _are_answers(value.get(key))), None)
        name = next((key for key in _NAMES if isinstance(value.get(key), str)), None)
        if (key := answers or name) is not None:
            read_side(value[key], f"$.{key}", sink, response=True)

    return Shape(
        name="intents",
        title=f"intents ({said})",
        kind="sft",
        fits=having(said, any_of=_NAMES, none_of=("messages", "conversations", "prompt", "instruction", "question")),
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
        reads=(said, *_ANSWERS, *_NAMES),
        categories=("label",),
    )


def _are_answers(value: object) -> bool:
    items = value if isinstance(value, list) else [value]
    return bool(items) and all(isinstance(each, str) for each in items)


def _text(item: object) -> object:
    return item.get("text") if isinstance(item, dict) else item


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(_text(item), str) for item in value)


SHAPES: Final = tuple(map(_make, _SAID))

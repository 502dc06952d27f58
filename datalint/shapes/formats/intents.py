"""Intents of a chatbot: a name, what a user may say, and what is answered. Also a label with a list of its examples."""

from __future__ import annotations

from typing import Any, Final

from datalint.records.canonical import as_text
from datalint.shapes.base import Shape, having
from datalint.shapes.sink import Sink

#: Keys of the name, the first that a row has, and of the answers.
_NAMES: Final = ("tag", "intent", "label", "class", "name", "action", "category")
_ANSWERS: Final = ("responses", "answers", "response")
#: Keys of what a user may say, next to one of a name.
_SAID: Final = ("patterns", "utterances", "phrases", "training_phrases", "trainingPhrases", "user_examples")


def _make(said: str) -> Shape:
    def read(value: dict[str, Any], sink: Sink) -> None:
        """Read each text with an answer, which take turns, or with the name where there is none."""
        texts, answers = value[said], _answers(value)
        name = next((key for key in _NAMES if isinstance(value.get(key), str)), None)
        for index, item in enumerate(texts if isinstance(texts, list) else ()):
            sink.prompt(_text(item), f"$.{said}[{index}]")
            if answers:
                key, given = answers
                place = index % len(given)
                sink.response(
                    as_text(given[place]), f"$.{key}[{place}]" if isinstance(value[key], list) else f"$.{key}"
                )
            elif name is not None:
                sink.response(value[name], f"$.{name}")

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
        independent=True,
        categories=("label",),
    )


def _answers(value: dict[str, Any]) -> tuple[str, list[Any]] | None:
    """Return the key of the answers, and the answers; None if there are none."""
    for key in _ANSWERS:
        given = value.get(key)
        listed = given if isinstance(given, list) else [given]
        if given and all(isinstance(each, str) for each in listed):
            return key, listed
    return None


def _text(item: object) -> object:
    return item.get("text") if isinstance(item, dict) else item


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(_text(item), str) for item in value)


SHAPES: Final = tuple(map(_make, _SAID))

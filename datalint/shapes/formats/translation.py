"""Translation: ``source`` and ``target``, or ``translation`` with a text for each of two languages."""

from __future__ import annotations

from typing import Any, Final

from datalint.shapes.base import Shape, having
from datalint.shapes.single_turn import single_turn
from datalint.shapes.sink import Sink

#: Keys of the language that the translation is to have: the same text in another one is another example.
_WANTED: Final = ("target_lang", "target_language", "tgt_lang", "to_lang")
_OTHERS: Final = ("prompt", "question", "instruction", "messages", "conversations", "text", "input")


def _read(value: dict[str, Any], sink: Sink) -> None:
    """Read the text in the first language as the prompt, and that in the second as the response."""
    texts = value.get("translation")
    pair = list(texts.items())[:2] if isinstance(texts, dict) else []
    for index, (language, text) in enumerate(pair):
        if isinstance(text, str):
            sink.add("assistant" if index else "user", text, f"$.translation.{language}")


def _read_several(value: dict[str, Any], sink: Sink) -> None:
    """Read a text, and the first of its translations, all of which are right."""
    sink.prompt(value.get("source"), "$.source")
    sink.response(value["targets"][0]["translation"], "$.targets[0].translation")


def _are_translations(value: object) -> bool:
    return (
        isinstance(value, list)
        and bool(value)
        and all(isinstance(each, dict) and isinstance(each.get("translation"), str) for each in value)
    )


#: Several translations of a text, each with what it says of the text (EA-MT).
_SEVERAL: Final = Shape(
    name="translation",
    title="translation (source, targets)",
    kind="sft",
    fits=having("source", "targets", none_of=(*_OTHERS, "target", "inputs")),
    schema={
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "required": ["source", "targets"],
        "properties": {"source": {"type": "string"}, "targets": {"type": "array"}},
    },
    read=_read_several,
    keys=("source", "targets", "id"),
    reads=("source", "targets"),
    marks=_WANTED,
    decided_by=("targets", _are_translations),
    family="single turn",
)

SHAPES: Final = (
    _SEVERAL,
    Shape(
        name="translation",
        title="translation (a text for each language)",
        kind="sft",
        fits=having("translation", none_of=(*_OTHERS, "source", "src")),
        schema={
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "type": "object",
            "required": ["translation"],
            "properties": {
                "translation": {"type": "object", "minProperties": 2, "additionalProperties": {"type": "string"}}
            },
        },
        read=_read,
        keys=("translation", "id"),
        reads=("translation",),
        decided_by=("translation", lambda value: not isinstance(value, str)),
        family="single turn",
    ),
    *(
        single_turn(
            "translation",
            f"translation ({source}, {target})",
            prompt=(source,),
            response=(target,),
            fits=having(source, target, none_of=_OTHERS),
        )._replace(marks=_WANTED)
        for source, target in (
            ("source", "target"),
            ("src", "tgt"),
            ("source_text", "target_text"),
            ("source", "translation"),
        )
    ),
)

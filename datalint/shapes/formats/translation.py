"""Translation: ``source`` and ``target``, or ``translation`` with a text for each of two languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from datalint.shapes.base import Shape, having
from datalint.shapes.single_turn import single_turn
from datalint.shapes.sink import Sink
from datalint.support.names.language_codes import WHOLE as LANGUAGES

#: The beginning of the key of a translation that a person wrote, next to those of models.
_BY_PEOPLE: Final = "ref_"
#: The code of a language in a key, whose value is a text.
_CODE: Final = "^[a-z]{2,3}([-_][A-Za-z]{2,4})?$"
#: A text and its translation.
_PAIR: Final = 2
#: Keys of the language that the translation is to have: the same text in another one is another example.
_WANTED: Final = ("target_lang", "target_language", "tgt_lang", "to_lang")
_OTHERS: Final = ("prompt", "question", "instruction", "messages", "conversations", "text", "input")


def _read(value: dict[str, Any], sink: Sink) -> None:
    """Read the text in the first language as the prompt, and that in the second as the response."""
    texts = value.get("translation")
    pair = [(key, texts[key]) for key in languages_of(texts)[:_PAIR]] if isinstance(texts, dict) else []
    for index, (language, text) in enumerate(pair):
        if isinstance(text, str):
            sink.add("assistant" if index else "user", text, f"$.translation.{language}")


def languages_of(texts: Mapping[str, Any]) -> list[str]:
    """Return the keys of the texts that are translations of each other: the first is translated to the second.

    Scores and translations of models may stand next to those of two languages, and the translation of a person may be
    named so (``ref_de``). The key ``language_pair`` says which one is translated. Without such names, all keys are
    those of languages.
    """
    named = [key for key in texts if key in LANGUAGES]
    named += [key for key in texts if key.startswith(_BY_PEOPLE) and key.removeprefix(_BY_PEOPLE) in LANGUAGES]
    if not _PAIR <= len(named) < len(texts):
        return [*texts]
    said = texts.get("language_pair")
    first = said.split("-")[0] if isinstance(said, str) else ""
    return sorted(named, key=lambda key: bool(first) and key.removeprefix(_BY_PEOPLE) != first)


def _are_two_texts(value: object) -> bool:
    """Whether the two keys of a translation differ in nothing but a digit: they name no languages."""
    keys = [*value] if isinstance(value, dict) else []
    stems = [key.rstrip("0123456789") for key in keys]
    return len(keys) == _PAIR and stems[0] == stems[1] != keys[0]


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

#: A prompt and its completion where a trainer of translation models expects the text in either language.
_TWO_TEXTS: Final = Shape(
    name="prompt-completion",
    title="translation (two texts in one language)",
    kind="sft",
    fits=having("translation", none_of=(*_OTHERS, "source", "src")),
    schema={
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "required": ["translation"],
        "properties": {"translation": {"type": "object", "additionalProperties": {"type": "string"}}},
    },
    read=_read,
    keys=("translation", "id"),
    reads=("translation",),
    decided_by=("translation", _are_two_texts),
    family="single turn",
)

SHAPES: Final = (
    _SEVERAL,
    _TWO_TEXTS,
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
                "translation": {
                    "type": "object",
                    "minProperties": 2,
                    "patternProperties": {_CODE: {"type": "string"}},
                    "additionalProperties": {"type": ["string", "number"]},
                }
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

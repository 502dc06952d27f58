"""Multiple choice with options that each say whether they are right, as programs for quizzes have them.

They are in a list, or in an object by their numbers or letters.
"""

from __future__ import annotations

from typing import Any, Final

from datalint.records.right_options import MARKED_LISTS, are_marked, is_right, listed_options, text_of_option
from datalint.shapes.base import Shape, having
from datalint.shapes.contexts import read_context
from datalint.shapes.formats.multiple_choice import PASSAGES, QUESTIONS
from datalint.shapes.sink import Sink

#: Keys of what the question is about.
_CONTEXTS: Final = ("context", "passage", "paragraph", "article", *PASSAGES)


def _make(options: str) -> Shape:
    """Return the shape whose options are under a key; those that are right are the answer."""

    def read(value: dict[str, Any], sink: Sink) -> None:
        for key in (key for key in _CONTEXTS if isinstance(value.get(key), str)):
            read_context(value[key], f"$.{key}", sink)
        asked = next(key for key in QUESTIONS if key in value)
        if sink.has_prompt:
            read_context(value[asked], f"$.{asked}", sink, whole=True)
        else:
            sink.prompt(value[asked], f"$.{asked}")
        if are_marked(value[options]):
            given = listed_options(value[options])
            read_context([text_of_option(each) for each in given], f"$.{options}", sink)
            sink.response("\n".join(str(text_of_option(each)) for each in given if is_right(each)), f"$.{options}")

    return Shape(
        name="multiple-choice",
        title=f"multiple choice ({options} that say which of them are right)",
        kind="sft",
        fits=having(options, any_of=QUESTIONS, none_of=("messages", "conversations")),
        schema={
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "type": "object",
            "required": [options],
            "properties": {options: {"type": ["array", "object"]}},
        },
        read=read,
        keys=(*QUESTIONS, options, "id"),
        decided_by=(options, are_marked),
        sole=True,
        reads=(*QUESTIONS, *_CONTEXTS, options),
        categories=(),
    )


SHAPES: Final = tuple(_make(key) for key in MARKED_LISTS)

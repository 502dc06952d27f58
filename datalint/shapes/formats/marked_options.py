"""Multiple choice with options that each say whether they are right, as programs for quizzes have them.

They are in a list, or in an object by their numbers or letters.
"""

from __future__ import annotations

from typing import Any, Final

from datalint.shapes.base import Shape, having
from datalint.shapes.contexts import read_context
from datalint.shapes.formats.multiple_choice import PASSAGES, QUESTIONS
from datalint.shapes.sink import Sink

#: Keys of the list, and of what the question is about.
_LISTS: Final = ("choices", "options", "answers", "alternatives", "answerOptions", "answer_options", "answer_choices")
_CONTEXTS: Final = ("context", "passage", "paragraph", "article", *PASSAGES)
#: Keys of the text of an option, of the flag that it is right, and of a word that says so.
_TEXTS: Final = (
    *("text", "content", "option", "value", "choice", "answer", "answerText", "answer_text", "optionText"),
    *("option_text", "choice_text", "title", "body"),
)
_FLAGS: Final = (
    *("is_correct", "isCorrect", "correct", "is_right", "isRight", "right", "is_answer", "isAnswer", "isTrue"),
    *("iscorrect", "istrue", "isright", "is_true"),
    "label",
)
_KINDS: Final = ("type", "status")
_RIGHT: Final = ("correct", "right")
_WRONG: Final = ("distractor", "incorrect", "wrong")
#: Options at most, characters of one, and of the number or letter of one.
_MOST: Final = 26
_LONGEST: Final = 1_000
_NUMBER: Final = 2


def _text(option: dict[str, Any]) -> str | None:
    return next((option[key] for key in _TEXTS if isinstance(option.get(key), str)), None)


def _is_right(option: dict[str, Any]) -> bool | None:
    """Return whether an option is right, None if it does not say so."""
    flag = next((option[key] for key in _FLAGS if option.get(key) in (0, 1)), None)
    if flag is not None:
        return bool(flag)
    words = [str(option[key]).lower() for key in _KINDS if key in option]
    if not words or not words[0].startswith((*_RIGHT, *_WRONG)):
        return None
    return words[0].startswith(_RIGHT)


def _options(value: object) -> list[Any]:
    """Return the options in a list, or in an object by their numbers or letters; none of any other value."""
    if isinstance(value, dict) and all(key.isalnum() and len(key) <= _NUMBER for key in value):
        return [*value.values()]
    return value if isinstance(value, list) else []


def _are_marked(value: object) -> bool:
    options = _options(value)
    if not 1 < len(options) <= _MOST or not all(isinstance(each, dict) for each in options):
        return False
    texts = [_text(each) for each in options]
    if any(text is None or len(text) > _LONGEST for text in texts):
        return False
    return all(_is_right(each) is not None for each in options)


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
        if _are_marked(value[options]):
            given = _options(value[options])
            read_context([_text(each) for each in given], f"$.{options}", sink)
            sink.response("\n".join(str(_text(each)) for each in given if _is_right(each)), f"$.{options}")

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
        decided_by=(options, _are_marked),
        sole=True,
        reads=(*QUESTIONS, *_CONTEXTS, options),
        categories=(),
    )


SHAPES: Final = tuple(_make(key) for key in _LISTS)

"""Multiple choice with the right answer and the wrong ones under keys of their own: SciQ, GPQA, Open Trivia DB."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, Final

from datalint.records.canonical import as_text
from datalint.records.options import LISTS
from datalint.shapes.base import Shape, having
from datalint.shapes.contexts import read_context
from datalint.shapes.fields import present_keys
from datalint.shapes.formats.multiple_choice import PASSAGES, QUESTIONS
from datalint.shapes.side_keys import CONTEXT
from datalint.shapes.single_turn import one_of
from datalint.shapes.sink import Sink

#: Keys of the right answer, those that name nothing else first.
_RIGHT: Final = (
    "correct_answer", "correctAnswer", "Correct Answer", "Correct_Answer", "correct", "right_answer", "rightAnswer",
    "correct_option", "correct_choice", "answer", "Answer",
)  # fmt: skip
#: Keys of a list of the wrong answers.
_WRONG_LISTS: Final = (
    "distractors", "Distractors", "incorrect_answers", "incorrectAnswers", "wrong_answers", "wrongAnswers",
    "incorrect_options", "wrong_options", "incorrect_choices", "wrong_choices",
)  # fmt: skip
#: Keys of the wrong answers, each of its own: series of names from the first one on.
_SERIES: Final = tuple(
    tuple(f"{name}{mark}" for mark in marks)
    for name in (
        "distractor", "distractor_", "Distractor", "Distractor_", "Distractor ", "wrong", "wrong_", "incorrect",
        "incorrect_", "wrong_answer", "wrong_answer_", "wrongAnswer", "Wrong Answer ", "incorrect_answer",
        "incorrect_answer_", "incorrectAnswer", "Incorrect Answer ", "wrong_option_", "incorrect_option_",
    )
    for marks in ("12345678", "01234567", "abcdefgh", "ABCDEFGH")
)  # fmt: skip
_NUMBERED: Final = tuple(dict.fromkeys(key for series in _SERIES for key in series))
#: What a question is about, in addition to the usual keys: SciQ's text, and the texts of other questions with options.
_ABOUT: Final = tuple(dict.fromkeys(("support", *PASSAGES, *CONTEXT)))
#: Keys of rows that are something else: options in a list of their own, several right answers, preferences.
_OTHERS: Final = (*LISTS, "correct_answers", "best_answer", "messages", "conversations", "chosen", "rejected")
#: Most wrong answers, and characters of one that is an option and no text of its own.
_MOST: Final = 25
_LONGEST: Final = 500


def _has_numbered(keys: Collection[str]) -> bool:
    asked = any(key in keys for key in QUESTIONS) and any(key in keys for key in _RIGHT)
    if not asked or any(key in keys for key in _OTHERS):
        return False
    return any(series[0] in keys and series[1] in keys for series in _SERIES)


def _are_options(value: object) -> bool:
    if not isinstance(value, list) or not 0 < len(value) <= _MOST:
        return False
    return all(isinstance(each, str | int | float) and len(str(each)) <= _LONGEST for each in value)


def _numbered(value: Mapping[str, Any]) -> Iterable[tuple[Any, str]]:
    return ((value[key], f"$.{key}") for key in _NUMBERED if key in value)


def _listed(key: str) -> Callable[[Mapping[str, Any]], Iterable[tuple[Any, str]]]:
    def wrong(value: Mapping[str, Any]) -> Iterable[tuple[Any, str]]:
        given = value.get(key)
        return ((each, f"$.{key}[{place}]") for place, each in enumerate(given if isinstance(given, list) else ()))

    return wrong


def _reader(wrong: Callable[[Mapping[str, Any]], Iterable[tuple[Any, str]]]) -> Callable[[dict[str, Any], Sink], None]:
    """Return the reader of a question, what it is about, all options in alphabetical order, and the right one.

    The order of the keys would say which one is right.
    """

    def read(value: dict[str, Any], sink: Sink) -> None:
        present = present_keys(value)
        asked = next((key for key in QUESTIONS if key in present), "")
        sink.prompt(value.get(asked), f"$.{asked}")
        for key in (key for key in _ABOUT if key in present and key != asked):
            read_context(value[key], f"$.{key}", sink)
        right = next((key for key in _RIGHT if key in present), "")
        given = [(value.get(right), f"$.{right}"), *wrong(value)]
        options = {as_text(text): path for text, path in reversed(given) if isinstance(text, str | int | float)}
        for text in sorted(options):
            (sink.add_to_turn if sink.has_prompt else sink.prompt)(text, options[text])
        sink.response(value.get(right), f"$.{right}")

    return read


def _make(
    title: str,
    keys: tuple[str, ...],
    wrong: Callable[[Mapping[str, Any]], Iterable[tuple[Any, str]]],
    fits: Callable[[Collection[str]], bool],
    decided_by: tuple[str, Callable[[object], bool]] | None = None,
) -> Shape:
    return Shape(
        name="multiple-choice",
        title=f"multiple choice ({title})",
        kind="sft",
        fits=fits,
        schema={
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "type": "object",
            "allOf": [one_of(QUESTIONS), one_of(_RIGHT)],
        },
        read=_reader(wrong),
        keys=(*QUESTIONS, *_RIGHT, *keys[:4], "id"),
        decided_by=decided_by,
        sole=True,
        reads=(*QUESTIONS, *_RIGHT, *_ABOUT, *keys),
        categories=(),
    )


def _fits_list(key: str) -> Callable[[Collection[str]], bool]:
    asked, answered = having(key, any_of=QUESTIONS, none_of=_OTHERS), having(any_of=_RIGHT)
    return lambda keys: asked(keys) and answered(keys)


SHAPES: Final = (
    _make("the right answer and numbered wrong ones", _NUMBERED, _numbered, _has_numbered),
    *(
        _make(f"the right answer and {key}", (key,), _listed(key), _fits_list(key), (key, _are_options))
        for key in _WRONG_LISTS
    ),
)

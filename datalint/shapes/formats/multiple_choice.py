"""Multiple choice: a question, its options, and the answer or its letter."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial
from typing import Any, Final

from datalint.records.canonical import as_text
from datalint.records.options import LETTER_SERIES, LISTS, SERIES
from datalint.shapes.base import Field, Shape
from datalint.shapes.fields import Fields, present_keys, read_fields
from datalint.shapes.formats import question_answer
from datalint.shapes.single_turn import single_turn
from datalint.shapes.sink import Sink

#: Keys of questions.
QUESTIONS: Final = (
    *question_answer.QUESTIONS, "question_stem", "questionStem", "question_text", "questionText", "stem", "Stem",
    "prompt", "problem", "instruction",
)  # fmt: skip
#: Keys of a text that has several endings or options, each under a key of its own.
_BEGUN: Final = ("goal", "sentence", "ctx", "premise")
_ANSWERS: Final = (
    "answer", "answerKey", "answer_key", "correct_answer", "label", "target", "cop", "gold", "Answer", "correct",
    "answer_idx", "answer_index", "answerIndex", "answerIdx", "correctAnswer", "correct_option", "correctOption",
    "correct_choice", "correctChoice", "correct_index", "correctIndex", "correct_idx", "correct_answer_index",
    "correctAnswerIndex", "correct_option_index", "correctOptionIndex", "right_answer", "rightAnswer", "answer_letter",
    "correct_letter", "solution", "output",
)  # fmt: skip
#: The keys of texts that a question is about, such as the ``hint`` of MMBench, and of dialogues, as DREAM has them.
PASSAGES: Final = (
    "text", "Content", "content", "premise", "sentence", "para", "supports", "hint", *question_answer.DIALOGUES,
)  # fmt: skip
#: A short key of the question as it was written, next to a ``stem`` without its capitals and marks.
_WRITTEN: Final = "q"
_STEM: Final = "stem"
_OPTIONS: Final = frozenset(LISTS)
#: The key of the reasoning that leads to the answer, which is learned with it.
_RATIONALE: Final = "rationale"
#: An object of options under the name of answers, and further keys of the letters of those that are right.
_LETTERED: Final = "answers"
_RIGHT: Final = (
    "correct_answers", "correct_option", "correct_options", "right_answer", "right_answers", "correct_choice",
    "correct_choices", "correct_letter", "correct_letters", *_ANSWERS,
)  # fmt: skip
#: Most options of a question, and characters of one that is no text of its own.
_MOST: Final = 10
_LONGEST: Final = 1_000
#: Keys of options whose names two answers have as well, of which one is better.
_LONGER_SERIES: Final = (
    tuple(f"answer{each}" for each in "012345"),
    *(
        tuple(f"{name}{each}" for each in marks)
        for name in ("answer_", "Answer ", "answer")
        for marks in ("ABCDE", "abcde")
    ),
)
_NUMBERED_ANSWERS: Final = frozenset(key for series in _LONGER_SERIES for key in series)


def _fits(keys: Collection[str]) -> bool:
    if not any(key in keys for key in _ANSWERS):
        return False
    in_series = any(series[0] in keys and series[1] in keys for series in SERIES)
    in_series = in_series or any(all(key in keys for key in series[:3]) for series in _LONGER_SERIES)
    if not any(key in keys for key in QUESTIONS):
        return (in_series or "endings" in keys) and any(key in keys for key in _BEGUN)
    if "instruction" in keys and "output" in keys:
        return False
    if not _OPTIONS.isdisjoint(keys) or ("A" in keys and "B" in keys):
        return True
    return in_series


def _has_lettered(keys: Collection[str]) -> bool:
    asked = any(key in keys for key in QUESTIONS) and any(key in keys for key in _RIGHT)
    return asked and _LETTERED in keys and _OPTIONS.isdisjoint(keys)


def _are_lettered(value: object) -> bool:
    """Return whether a value is an object of two short options at least, by a letter or a digit each."""
    if not isinstance(value, dict) or not 2 <= len(value) <= _MOST:
        return False
    marked = all(len(key) == 1 and key.isalnum() for key in value)
    return marked and all(isinstance(each, str | int | float) and len(str(each)) <= _LONGEST for each in value.values())


def _has_written(keys: Collection[str]) -> bool:
    others = (key for key in QUESTIONS if key != _STEM)
    return _WRITTEN in keys and _STEM in keys and not any(key in keys for key in others) and _fits(keys)


def _are_words(value: object) -> bool:
    """Return whether a value is a text of several words, and not the number of a question."""
    return isinstance(value, str) and len(value.split(None, 2)) > 2


def _of(title: str, prompt: tuple[str, ...], fits: Callable[[Collection[str]], bool]) -> Shape:
    shape = single_turn(
        "multiple-choice",
        title,
        prompt=prompt,
        response=_ANSWERS,
        context=(
            *(*PASSAGES, *LISTS, *LETTER_SERIES[0]),
            *dict.fromkeys(key for series in (*SERIES, *_LONGER_SERIES) for key in series),
        ),
        fits=fits,
        # A letter that says which option is right says nothing of the question.
        categories=(),
    )
    assert shape.fields is not None
    fields = partial(_without_more_answers, fields=shape.fields)
    return shape._replace(
        fields=fields, read=partial(_read, fields=fields), extras=shape.extras | {_RATIONALE}, reads=(_RATIONALE,)
    )


def _without_more_answers(keys: tuple[str, ...], *, fields: Fields) -> tuple[Field, ...]:
    """Return the fields of keys. Next to a list of options, an ``answer2`` is another right answer, and no option."""
    found = fields(keys)
    return found if _OPTIONS.isdisjoint(keys) else tuple(each for each in found if each.key not in _NUMBERED_ANSWERS)


def _read(value: dict[str, Any], sink: Sink, *, fields: Fields) -> None:
    """Read a question and its answer, below the rationale that leads to it, as in AQuA-RAT.

    What says of a text whether it ``supports`` the answer is no text that the question is about.
    """
    every = fields(present_keys(value))
    found = [each for each in every if each.key not in PASSAGES or not isinstance(value[each.key], bool)]
    rationale = value.get(_RATIONALE)
    if not isinstance(rationale, str) or not rationale.strip() or not found or found[-1].part != "response":
        read_fields(value, found, sink)
        return
    read_fields(value, found[:-1], sink)
    answer = value[found[-1].key]
    sink.response(f"{rationale.rstrip()}\n{as_text(answer)}", f"$.{_RATIONALE}")


SHAPE: Final = _of("multiple choice (question, options, answer)", (*QUESTIONS, *_BEGUN), _fits)
WRITTEN: Final = _of("multiple choice (q, stem, options, answer)", (_WRITTEN,), _has_written)._replace(
    decided_by=(_WRITTEN, _are_words), sole=True
)

#: FrenchMedMCQA: ``{"a": …, "b": …}`` are the options although they are named answers, and the right ones are letters.
LETTERED: Final = single_turn(
    "multiple-choice",
    "multiple choice (question, answers by letter, the right ones)",
    prompt=QUESTIONS,
    response=_RIGHT,
    context=(*PASSAGES, _LETTERED),
    fits=_has_lettered,
    categories=(),
)._replace(decided_by=(_LETTERED, _are_lettered), sole=True)

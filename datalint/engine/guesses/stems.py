"""Questions that are an object with a stem and choices, next to the answer and what they are about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from datalint.shapes.base import Shape
    from datalint.shapes.guess import Guess

#: The shape of such rows by their keys.
_SHAPE: Final = "question-answer"
#: Keys of what a question is about, and of the answer.
_PASSAGES: Final = ("passage", "article", "context", "text")
_ANSWER: Final = "answer"
_CHOICES: Final = "question.choices[].text"


def may_have_stem(known: Shape, row: Mapping[str, Any]) -> bool:
    """Return whether the question of a row has a stem and choices."""
    return known.name == _SHAPE and _has_stem(row)


def with_stem(known: Shape, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess that the stems are the prompts, and the choices their context; None if a row has none."""
    from datalint.shapes.guess import JOIN, Guess

    if not rows or not all(_has_stem(row) and isinstance(row.get(_ANSWER), str) for row in rows):
        return None
    about = [key for key in _PASSAGES if all(isinstance(row.get(key), str) for row in rows)]
    columns = {"prompt": "question.stem", "context": JOIN.join((*about, _CHOICES)), "response": _ANSWER}
    return Guess.of(columns, clear=True, basis="values")._replace(choices=True).about(rows, known.name)


def _has_stem(row: Mapping[str, Any]) -> bool:
    question = row.get("question")
    if not isinstance(question, dict) or not isinstance(question.get("stem"), str):
        return False
    choices = question.get("choices")
    return isinstance(choices, list) and all(isinstance(each, dict) and "text" in each for each in choices)

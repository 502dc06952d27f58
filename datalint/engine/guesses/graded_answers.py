"""Answers of people next to the key and their grades, which a known shape reads as answers to learn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from datalint.shapes.base import Shape
    from datalint.shapes.guess import Guess

#: Shapes of a question and its answer.
_SHAPES: Final = frozenset(("question-answer", "prompt-completion"))
#: Names of the key that an answer is graded by, in lower case without separators.
_KEYS: Final = frozenset(("key", "answerkey", "markingscheme", "markscheme"))


def may_be_graded(known: Shape, row: Mapping[str, Any]) -> bool:
    """Return whether a row of a question and its answer may have the key to it as well, as a text of some words."""
    return known.name in _SHAPES and any(
        isinstance(value, str) and " " in value and key.lower().replace("_", "").replace(" ", "") in _KEYS
        for key, value in row.items()
    )


def graded_answers(known: Shape, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the proposal to learn the grade of an answer by its key; None for rows without a grade."""
    from datalint.shapes.evidence.sampling import columns_of
    from datalint.shapes.inference.labelled.judged_texts import graded_by_key

    guess = graded_by_key(columns_of(rows), len(rows))
    return None if guess is None else guess.about(rows, known.name)

"""A question and its answer under the names of an input and its output, with the options under letters."""

from __future__ import annotations

from typing import Final

from datalint.shapes.base import having
from datalint.shapes.single_turn import single_turn

_LETTERS: Final = ("A", "B", "C", "D", "E", "F")

SHAPE: Final = single_turn(
    "multiple-choice",
    "multiple choice (input, options under letters, output)",
    prompt=("input",),
    response=("output",),
    context=_LETTERS,
    fits=having("input", "output", *_LETTERS[:3], none_of=("instruction", "prompt", "question", "query")),
    # A letter that says which option is right says nothing of the question.
    categories=(),
)

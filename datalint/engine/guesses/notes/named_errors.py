"""Notes about the wrong answer of a student and the error in it, of which neither is read, next to the right answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any, Final

from datalint.engine.guesses.notes.sampling import ANSWERED, LEAST, MOST_KEYS, ROWS, letters_of
from datalint.shapes.base import Shape
from datalint.shapes.fields import fields_of
from datalint.shapes.guess import JOIN, Guess, can_be_typed

#: Names of the answer of a student, and of the error in it, without separators.
_GIVEN: Final = frozenset(
    """incorrectanswer wronganswer studentanswer learneranswer incorrectsolution wrongsolution studentsolution
    incorrectresponse wrongresponse studentresponse learnerresponse""".split()
)
_ERRORS: Final = frozenset("misconception misconceptionname errortype errorcategory mistake mistaketype".split())
#: The share of the rows that have both.
_MOST: Final = 0.9


def named_errors(first: Mapping[str, Any], shape: Shape, rows: Iterable[Mapping[str, Any]]) -> str:
    """Return the note on a wrong answer and the error in it that may be what is asked and learned; empty for none."""
    if shape.name not in ANSWERED or shape.fields is None or len(first) > MOST_KEYS:
        return ""
    parts = fields_of(shape, first)
    read = {key for key, _ in parts}
    free = [key for key in first if key not in read and can_be_typed(key)]
    given = [key for key in free if letters_of(key) in _GIVEN]
    errors = [key for key in free if letters_of(key) in _ERRORS]
    asked = [key for key, part in parts if part in ("prompt", "context")]
    if not (len(given) == len(errors) == 1 and asked and all(map(can_be_typed, asked))):
        return ""
    some = list(islice(rows, ROWS))
    both = sum(all(_is_said(row.get(key)) for key in (*given, *errors)) for row in some)
    if len(some) < LEAST or both < _MOST * len(some):
        return ""
    option = Guess.of({"prompt": JOIN.join((*asked, *given)), "response": errors[0]}).option
    return f'"{given[0]}" and the error in it, "{errors[0]}", are not read; to learn to name the error: {option}'


def _is_said(value: object) -> bool:
    return isinstance(value, (str, int, float)) and bool(str(value).strip())

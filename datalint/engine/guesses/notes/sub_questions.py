"""Notes on the smaller questions that lead to a final answer, and their answers, next to what is learned."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any, Final

from datalint.engine.guesses.notes.sampling import ANSWERED, LEAST, MOST_KEYS, ROWS, letters_of
from datalint.privacy.display import excerpt
from datalint.shapes.base import Shape
from datalint.shapes.fields import present_keys

#: Names of the keys of both, without separators.
_QUESTIONS: Final = ("questions", "subquestions")
_ANSWERS: Final = ("answers", "subanswers")
#: Share of the rows that have both.
_NEARLY_ALL: Final = 0.9


def sub_questions(first: Mapping[str, Any], shape: Shape, rows: Iterable[Mapping[str, Any]]) -> str:
    """Return the note on the unread keys of smaller questions and of their answers; empty for none."""
    if shape.name not in ANSWERED or len(first) > MOST_KEYS:
        return ""
    read = shape.turn_keys(present_keys(dict(first)))
    keys = [_only(first, read, names) for names in (_QUESTIONS, _ANSWERS)]
    if not all(keys):
        return ""
    some = list(islice(rows, ROWS))
    filled = sum(all(_has_texts(row.get(key)) for key in keys) for row in some)
    if filled < max(LEAST, _NEARLY_ALL * len(some)):
        return ""
    asked, answered = (f'"{excerpt(key, 40)}"' for key in keys)
    return f"{asked} and {answered} lead to the answer and are not learned: write them into the response to teach them"


def _only(row: Mapping[str, Any], read: frozenset[str], names: tuple[str, ...]) -> str:
    """Return the only unread key of a row with one of some names; empty for none."""
    found = [key for key in row if key not in read and len(key) <= MOST_KEYS and letters_of(key) in names]
    return found[0] if len(found) == 1 else ""


def _has_texts(value: object) -> bool:
    if isinstance(value, list):
        return bool(value) and all(isinstance(each, str) and each for each in value)
    return isinstance(value, str) and bool(value)

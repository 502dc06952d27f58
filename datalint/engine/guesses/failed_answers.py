"""Answers that a model generated, next to the right ones: where it failed, its answer is empty."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from datalint.shapes.detect import Detector
from datalint.shapes.fields import fields_of, keys_of
from datalint.shapes.guess import PARTS
from datalint.shapes.side_keys import is_reference

if TYPE_CHECKING:
    from datalint.shapes.base import Field
    from datalint.shapes.guess import Guess

#: Shapes of one prompt with one response, which is under one of several keys.
SHAPES: Final = frozenset(("question-answer", "prompt-completion", "alpaca"))
#: Keys of the right answer that are no references by their names.
_EXPECTED: Final = ("expected_answer", "correct_answer")
#: Keys of a row, and rows, that are looked at.
_MOST: Final = 64
_ROWS: Final = 20_000
#: Share of the rows that have the right answer, and of those that have a generated one, at least.
_NEARLY_ALL: Final = 0.9
_MANY: Final = 0.5


def failed_answers(first: Mapping[str, Any], rows: Iterator[dict[str, Any]], detector: Detector) -> Guess | None:
    """Return the guess that generated answers alone are learned, if those of some rows are null; else None.

    A known shape reads the next key that has an answer. That is right where rows of several layouts are in one table,
    each with its own key, and wrong where nearly all rows have the right answer as well.
    """
    if len(first) > _MOST or not any(map(_is_right, first)) or detector.shape(dict(first)).name not in SHAPES:
        return None
    some = [row for row in islice(rows, _ROWS) if row.keys() == first.keys()]
    whole = next((row for row in some if None not in row.values()), None)
    if whole is None:
        return None
    generated = _response(whole, detector)
    nulls = [row for row in some if row.get(generated) is None]
    spare = _response(nulls[0], detector) if generated and nulls else ""
    if not spare or _is_right(generated) or not _is_right(spare):
        return None
    given = sum(row[spare] is not None for row in some)
    if given < _NEARLY_ALL * len(some) or len(some) - len(nulls) < _MANY * len(some):
        return None
    from datalint.shapes.guess import JOIN, Guess, can_be_typed

    fields = _fields(whole, detector)
    if not all(field.part in PARTS and can_be_typed(field.key) for field in fields):
        return None
    keys = {part: keys_of(fields, part) for part in PARTS}
    found = {part: JOIN.join(named) for part, named in keys.items() if named}
    names = {detector.by_keys(row) for row in (whole, nulls[0])}
    return Guess.of(found, clear=True, basis="names").about(some, *names)


def _is_right(key: str) -> bool:
    """Whether a key of a known shape names the right answer, and not a generated one."""
    return is_reference(key) or key in _EXPECTED


def _fields(row: dict[str, Any], detector: Detector) -> tuple[Field, ...]:
    shape = detector.shape(row)
    return fields_of(shape, row) if shape.name in SHAPES else ()


def _response(row: dict[str, Any], detector: Detector) -> str:
    """Return the only key that the response of a row is read from; empty for none, or several."""
    found = keys_of(_fields(row, detector), "response")
    return found[0] if len(found) == 1 else ""

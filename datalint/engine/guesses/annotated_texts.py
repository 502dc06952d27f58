"""Texts next to a key of annotations with two values, such as ``extraction_correctness_annotation``: a label."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from datalint.engine.guesses.sampling import ROWS
from datalint.support.lazy_pattern import lazy_pattern

if TYPE_CHECKING:
    from datalint.shapes.base import Shape
    from datalint.shapes.guess import Guess

_TEXT: Final = "text"
#: The end of the names of such keys.
_NAME: Final = lazy_pattern(r"(?i)(?:^|[\W_])(?:annotation|correctness)$")
_LONGEST_NAME: Final = 80
#: The values, as tables write them.
_VALUES: Final = frozenset(("0", "1", "0.0", "1.0", "true", "false", "yes", "no"))
#: Rows that each of the two values has at least, and mean characters from which on texts are documents.
_LEAST: Final = 5
_LONG: Final = 2_000


def may_be_annotated(known: Shape, row: Mapping[str, Any]) -> bool:
    """Return whether exactly one key of a row with a text is named as an annotation, and has one of two values."""
    return known.name == "text" and _key_of(row) is not None


def annotated_texts(known: Shape, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess that the annotation is learned, None if it has not two values in all rows."""
    key = _key_of(rows[0]) if rows else None
    values = Counter(_said(row.get(key)) if key is not None else "" for row in rows[:ROWS])
    if key is None or len(values) != 2 or min(values.values()) < _LEAST or not values.keys() <= _VALUES:
        return None
    if sum(len(str(row.get(_TEXT))) for row in rows) > _LONG * len(rows):
        return None
    from datalint.shapes.guess import Guess

    return Guess.of({"prompt": _TEXT, "response": key, "category": key}, clear=True, basis="names").about(
        rows, known.name
    )


def _key_of(row: Mapping[str, Any]) -> str | None:
    keys = [key for key in row if len(key) <= _LONGEST_NAME and _NAME.search(key)]
    return keys[0] if len(keys) == 1 and _said(row[keys[0]]) in _VALUES else None


def _said(value: object) -> str:
    return str(value).strip().lower() if isinstance(value, str | int | float) else ""

"""Texts next to a key of annotations with two values, such as ``extraction_correctness_annotation``: a label.

So are all keys of what several people agreed on, such as ``irony_final_answer`` next to ``irony_answers``.
"""

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
#: The end of the names of what people agreed on, and how many values these have, of how many characters, at most.
_FINAL: Final = lazy_pattern(r"(?i)(?:^|[\W_])final[\W_]{0,2}(?:answer|label|decision|annotation)$")
_MOST_VALUES: Final = 12
_LONGEST_VALUE: Final = 30
_MOST_KEYS: Final = 64
#: The values, as tables write them.
_VALUES: Final = frozenset(("0", "1", "0.0", "1.0", "true", "false", "yes", "no"))
#: Rows that each of the two values has at least, and mean characters from which on texts are documents.
_LEAST: Final = 5
_LONG: Final = 2_000


def may_be_annotated(known: Shape, row: Mapping[str, Any]) -> bool:
    """Return whether exactly one key of a row with a text is named as an annotation, and has one of two values.

    Or several are named as what people agreed on.
    """
    return known.name == "text" and (_key_of(row) is not None or len(_agreed(row)) > 1)


def annotated_texts(known: Shape, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess that the annotation is learned, None if it has not two values in all rows."""
    if rows and len(agreed := _agreed(rows[0])) > 1:
        return _all_agreed(known, agreed, rows)
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


def _all_agreed(known: Shape, keys: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess that all of some labels are learned that each have a few short values, in all rows."""
    values = [{_said(row.get(key)) for row in rows} for key in keys]
    few = all(len(each) <= _MOST_VALUES and all(0 < len(said) <= _LONGEST_VALUE for said in each) for each in values)
    if not few or len(rows) < _MOST_VALUES:
        return None
    from datalint.shapes.guess import JOIN, Guess, can_be_typed

    if not all(map(can_be_typed, keys)):
        return None
    return Guess.of({"prompt": _TEXT, "response": JOIN.join(keys)}, clear=True, basis="names").about(rows, known.name)


def _agreed(row: Mapping[str, Any]) -> list[str]:
    """Return the keys of what several people agreed on."""
    if len(row) > _MOST_KEYS:
        return []
    return [key for key in row if len(key) <= _LONGEST_NAME and _FINAL.search(key)]


def _key_of(row: Mapping[str, Any]) -> str | None:
    keys = [key for key in row if len(key) <= _LONGEST_NAME and _NAME.search(key)]
    return keys[0] if len(keys) == 1 and _said(row[keys[0]]) in _VALUES else None


def _said(value: object) -> str:
    return str(value).strip().lower() if isinstance(value, str | int | float) else ""

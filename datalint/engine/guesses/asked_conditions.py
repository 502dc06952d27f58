"""Questions in plain text next to the condition that each was written for, such as whom it is about, and no answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from datalint.shapes.base import Shape
    from datalint.shapes.guess import Guess

_TEXT: Final = "text"
#: The only name that labels and conditions share.
_TARGET: Final = "target"
#: Share of the texts that must be questions, and the most values of a condition.
_MOST: Final = 0.9
_VALUES: Final = 6


def may_have_condition(known: Shape, row: Mapping[str, Any]) -> bool:
    """Return whether a row may be a question with a condition."""
    return known.name == _TEXT and isinstance(row.get(_TARGET), str) and _is_question(row)


def asked_for(known: Shape, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess that such questions are prompts without a response; None for other rows.

    All values under ``target`` are words, and each of them stands next to one value of another key that no other has,
    as ``powerful`` next to ``companies``. Labels of questions are not as regular, but where the other key names them.
    """
    from datalint.shapes.evidence.sampled import LEAST_ROWS
    from datalint.shapes.guess import Guess

    if len(rows) < LEAST_ROWS or sum(map(_is_question, rows)) < _MOST * len(rows) or not _is_condition(rows):
        return None
    return Guess.of({"prompt": _TEXT}, clear=True, basis="values").about(rows, known.name)


def _is_question(row: Mapping[str, Any]) -> bool:
    return str(row.get(_TEXT)).rstrip().endswith(("?", "？"))


def _is_condition(rows: Sequence[Mapping[str, Any]]) -> bool:
    values = {value for row in rows if isinstance(value := row.get(_TARGET), str) and value.strip().isalpha()}
    if not 2 <= len(values) <= _VALUES or not all(row.get(_TARGET) in values for row in rows):
        return False
    others = [key for key in rows[0] if key != _TEXT and _TARGET not in key.lower() and "label" not in key.lower()]
    return any(_is_written_for(key, len(values), rows) for key in others)


def _is_written_for(key: str, values: int, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Return whether the texts under a key are other words for each of the values of a condition."""
    if not all(isinstance(row.get(key), str) for row in rows):
        return False
    pairs = {(row[_TARGET].lower(), row[key].lower()) for row in rows}
    return len(pairs) == values == len({other for _, other in pairs}) and all(one != other for one, other in pairs)

"""Questions with options whose answers are hidden, as in the test sets of benchmarks: null or -1 in all rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from datalint.shapes.fields import fields_of

if TYPE_CHECKING:
    from datalint.shapes.base import Shape
    from datalint.shapes.guess import Guess

_CHOICE: Final = "multiple-choice"
#: What stands for an answer that is hidden.
_HIDDEN: Final = (None, "", -1, "-1")
#: Rows of which none has an answer, so that it is no slip.
_LEAST: Final = 5
#: Keys of a row that are looked at.
_MOST: Final = 64


def may_be_hidden(known: Shape, row: Mapping[str, Any]) -> bool:
    """Return whether a row is a question with options whose answer is hidden."""
    return known.name == _CHOICE and len(row) <= _MOST and _parts(known, row) is not None


def asked_with_options(known: Shape, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess that rows are prompts, each a question with its options, if the answers of all are hidden."""
    parts = [_parts(known, row) for row in rows]
    read = parts[0] if parts else None
    if read is None or len(rows) < _LEAST or any(each is None for each in parts):
        return None
    from datalint.shapes.guess import JOIN, Guess, can_be_typed

    if not all(can_be_typed(key) for keys in read.values() for key in keys):
        return None
    found = {part: JOIN.join(keys) for part, keys in read.items()}
    return Guess.of(found, clear=True, basis="values").about(rows, known.name)


def _parts(known: Shape, row: Mapping[str, Any]) -> dict[str, list[str]] | None:
    """Return the keys of the question and of its options; None if the row has an answer, or no options."""
    if known.fields is None:
        return None
    parts: dict[str, list[str]] = {}
    for key, part in fields_of(known, row):
        if part == "response" and not _is_hidden(row[key]):
            return None
        if part != "response" and row[key] not in (None, "", [], {}):
            parts.setdefault(part, []).append(key)
    return parts if parts.keys() >= {"prompt", "context"} else None


def _is_hidden(value: object) -> bool:
    return not isinstance(value, bool | float | list | dict) and value in _HIDDEN

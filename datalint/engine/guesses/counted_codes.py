"""Texts whose ``code`` is the number of the row, such as ``OBA001``, and no program."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from datalint.support.lazy_pattern import lazy_pattern

if TYPE_CHECKING:
    from datalint.shapes.base import Shape
    from datalint.shapes.guess import Guess

_SHAPE: Final = "text-code"
_TEXT: Final = "text"
_CODE: Final = "code"
#: A few letters and a number, in which only the number changes from row to row.
_NUMBERED: Final = lazy_pattern(r"([A-Za-z]{0,12}[-_]?)(\d{1,9})")
#: Rows from which on numbers are a series, and the share of them that follow another one.
_LEAST_ROWS: Final = 10
_MOST: Final = 0.8


def may_be_numbered(known: Shape, row: Mapping[str, Any]) -> bool:
    """Return whether the code of a row may be its number."""
    code = row.get(_CODE)
    return known.name == _SHAPE and isinstance(code, str) and _NUMBERED.fullmatch(code) is not None


def of_counted_codes(known: Shape, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess that rows are texts; None unless each has a code of its own, and most follow another one.

    Codes of classes, such as those of diseases, leave gaps or repeat.
    """
    del known
    codes = [_NUMBERED.fullmatch(str(row.get(_CODE))) for row in rows]
    found = {(code[1], int(code[2])) for code in codes if code is not None}
    if len(rows) < _LEAST_ROWS or len(found) < len(rows):
        return None
    following = sum((prefix, number - 1) in found or number <= 1 for prefix, number in found)
    if following < _MOST * len(found):
        return None
    from datalint.shapes.guess import Guess

    return Guess.of({"text": _TEXT}, clear=True, basis="values").about(rows, _SHAPE)

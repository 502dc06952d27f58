"""Texts whose ``code`` is the number or the key of the row, such as ``OBA001`` or ``9f3a61c0``, and no program."""

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
#: A key that a program made.
_MADE: Final = lazy_pattern(r"(?i)[0-9a-f]{8,64}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_DIGITS: Final = lazy_pattern(r"\d{1,64}")
#: Rows from which on numbers are a series, and the share of them that follow another one.
_LEAST_ROWS: Final = 10
_MOST: Final = 0.8


def may_be_numbered(known: Shape, row: Mapping[str, Any]) -> bool:
    """Return whether the code of a row may be its number."""
    code = row.get(_CODE)
    return known.name == _SHAPE and isinstance(code, str) and (_is_numbered(code) or _is_made(code))


def _is_numbered(code: str) -> bool:
    return _NUMBERED.fullmatch(code) is not None


def _is_made(code: str) -> bool:
    return _MADE.fullmatch(code) is not None


def of_counted_codes(known: Shape, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess that rows are texts; None unless each has a code of its own, and most follow another one.

    Codes of classes, such as those of diseases, leave gaps or repeat.
    """
    del known
    texts = [str(row.get(_CODE)) for row in rows]
    # Digits alone may be the numbers of classes.
    made = all(map(_is_made, texts)) and 2 * sum(map(_is_number, texts)) < len(rows)
    if made and len({*texts}) == len(rows) >= _LEAST_ROWS:
        return _texts(rows)
    codes = [_NUMBERED.fullmatch(text) for text in texts]
    found = {(code[1], int(code[2])) for code in codes if code is not None}
    if len(rows) < _LEAST_ROWS or len(found) < len(rows):
        return None
    following = sum((prefix, number - 1) in found or number <= 1 for prefix, number in found)
    if following < _MOST * len(found):
        return None
    return _texts(rows)


def _is_number(code: str) -> bool:
    return _DIGITS.fullmatch(code) is not None


def _texts(rows: Sequence[Mapping[str, Any]]) -> Guess:
    from datalint.shapes.guess import Guess

    return Guess.of({"text": _TEXT}, clear=True, basis="values").about(rows, _SHAPE)

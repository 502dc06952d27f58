"""The rows that a guess about the columns of a source goes by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, Final

#: Most rows of a sample.
ROWS: Final = 200
#: Characters of a label at most, and what is added to the places of one sampled row and the next, as a share of all.
_SHORT: Final = 80
_GOLDEN: Final = 0.6180339887498949


def sample(first: dict[str, Any], rest: Iterator[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return a row and those after it that a guess goes by.

    A key with one value in all of them may be that by which rows are sorted, such as their label. Then as many are
    added, from all parts of the rest.
    """
    rows = [first, *islice(rest, ROWS - 1)]
    if len(rows) < ROWS or not any(_is_constant(key, rows) for key in first):
        return rows
    others = list(rest)
    # Steps of the golden ratio meet the rows of each of several kinds that take turns.
    places = sorted({int(number * _GOLDEN % 1 * len(others)) for number in range(ROWS)} if others else ())
    return [*rows, *(others[place] for place in places)]


def _is_constant(key: str, rows: Sequence[dict[str, Any]]) -> bool:
    """Whether all rows have the same short text or number under a key."""
    value = rows[0][key]
    if not isinstance(value, str | int | float) or (isinstance(value, str) and not 0 < len(value) <= _SHORT):
        return False
    return all(row.get(key) == value for row in rows)

"""Sampling of the rows from which the columns of a source are guessed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, Final

#: Most rows of a sample.
ROWS: Final = 200
#: The step between the places of two sampled rows, as a share of all rows.
_GOLDEN: Final = 0.6180339887498949


def sample(first: dict[str, Any], rest: Iterator[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the sample of rows from which columns are guessed: the first ones.

    If a key has the same value in all of them, rows may be sorted by it, for example by label, which may be a
    sentence. Then as many rows are added, from all parts of the rest.
    """
    rows = [first, *islice(rest, ROWS - 1)]
    if len(rows) < ROWS or not any(_is_constant(key, rows) for key in first):
        return rows
    return [*rows, *spread(list(rest))]


def spread(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return as many rows as a sample has at most, from all parts of those given."""
    # Steps of the golden ratio meet the rows of each of several kinds that take turns.
    places = sorted({int(number * _GOLDEN % 1 * len(rows)) for number in range(ROWS)} if rows else ())
    return [rows[place] for place in places]


def _is_constant(key: str, rows: Sequence[dict[str, Any]]) -> bool:
    """Whether all rows have the same text or number under a key."""
    value = rows[0][key]
    if not isinstance(value, str | int | float) or value == "":
        return False
    return all(row.get(key) == value for row in rows)

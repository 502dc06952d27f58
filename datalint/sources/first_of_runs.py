"""Detection of columns with values only in the first row of each run of rows, as if cells were merged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final

#: Number of runs from which on they are no coincidence, and the share of them that are equally long.
_LEAST_RUNS: Final = 5
_ALIKE: Final = 0.9


def columns_of_runs(columns: Sequence[int], rows: Sequence[Mapping[int, str]]) -> list[int]:
    """Return those columns of a table that are empty but in the first row of each run.

    ``rows`` are its first rows, which lack empty cells. Runs are equally long, or rows are numbered in each of them
    from the same number on.
    """
    counters = [column for column in columns if all(column in cells for cells in rows)]
    return [
        column
        for column in columns
        if _opens_runs([place for place, cells in enumerate(rows) if column in cells], rows, counters)
    ]


def _opens_runs(places: Sequence[int], rows: Sequence[Mapping[int, str]], counters: Sequence[int]) -> bool:
    """Return whether the rows at some places, the first one among them, begin runs."""
    if len(places) < _LEAST_RUNS or places[0] != 0 or 2 * len(places) > len(rows):
        return False
    lengths = Counter(after - before for before, after in pairwise(places))
    length, count = lengths.most_common(1)[0]
    if 1 in lengths:
        return False
    if length > 1 and count >= _ALIKE * lengths.total():
        return True
    starts = set(places)
    return any({place for place, row in enumerate(rows) if row[each] == rows[0][each]} == starts for each in counters)

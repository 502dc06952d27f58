"""Columns whose values stand in the first row of each run of rows only, as if cells were merged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from datalint.privacy.display import excerpt
from datalint.records.record import Problem
from datalint.sources.workbooks.cells import Cells
from datalint.sources.workbooks.table import Table

#: Runs from which on they are no chance, and the share of them that are equally long.
_LEAST_RUNS: Final = 5
_ALIKE: Final = 0.9
#: Names that are given.
_NAMED: Final = 3


def run_problems(
    table: Table, sample: Sequence[tuple[int, Cells]], filled: Counter[int], rows: int
) -> tuple[Problem, ...]:
    """Return the problem with columns of a table that are empty but in the first row of each run.

    ``sample`` are first rows of the sheet, ``filled`` counts the cells of each column in all of its ``rows``.
    """
    above = [cells for number, cells in sample if number < table.first]
    below = [cells for number, cells in sample if number >= table.first]
    counters = [column for column in table.columns if all(column in cells for cells in below)]
    found = [
        (name, filled[column] - sum(column in cells for cells in above))
        for column, name in zip(table.columns, table.names, strict=True)
        if _opens_runs([place for place, cells in enumerate(below) if column in cells], below, counters)
    ]
    if not found:
        return ()
    names = ", ".join(f"'{excerpt(name, 40)}'" for name, _ in found[:_NAMED])
    more = f" and {len(found) - _NAMED:,} more" if len(found) > _NAMED else ""
    have = "have" if len(found) > 1 else "has"
    count, whole = found[0][1], rows - len(above)
    message = (
        f"not a plain table: {names}{more} {have} a value in {count:,} of {whole:,} rows, the first of each run, as if "
        f"merged; the others are read as empty: fill them down"
    )
    return (Problem("invalid-json", message, table.first, severity="warning"),)


def _opens_runs(places: Sequence[int], rows: Sequence[Cells], counters: Sequence[int]) -> bool:
    """Return whether the rows at some places, the first one among them, begin runs.

    These are equally long, or rows are numbered in each of them from the same number on.
    """
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

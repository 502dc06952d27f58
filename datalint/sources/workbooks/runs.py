"""The problem of columns with values only in the first row of each run of rows, as if cells were merged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from datalint.privacy.display import excerpt
from datalint.records.record import Problem
from datalint.sources.first_of_runs import columns_of_runs
from datalint.sources.workbooks.cells import Cells
from datalint.sources.workbooks.table import Table

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
    chosen = columns_of_runs(table.columns, below)
    found = [
        (name, filled[column] - sum(column in cells for cells in above))
        for column, name in zip(table.columns, table.names, strict=True)
        if column in chosen
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
    return (Problem("invalid-row", message, table.first, severity="warning"),)

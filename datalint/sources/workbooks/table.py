"""The table in a sheet: its title, its header and its columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from statistics import median
from typing import Final

from datalint.core.table_format import TableFormat
from datalint.records.record import Problem
from datalint.sources.header_names import column_names, headless_problem, numbered_names
from datalint.sources.readers.delimited.header import why_data
from datalint.sources.workbooks.cells import Cells
from datalint.support.named_tuple import NamedTuple
from datalint.support.names.column_names import is_name

#: Rows of a title at most, and columns of a table that may have one.
_MOST_TITLE: Final = 20
_LEAST_COLUMNS: Final = 2


class Table(NamedTuple):
    """The columns of a table, by their numbers in the sheet, and their names.

    ``first`` is the number of its first row, after the header if it has one, ``head`` are the texts of the header.
    """

    columns: tuple[int, ...]
    names: tuple[str, ...]
    first: int
    head: tuple[str, ...] | None
    problems: tuple[Problem, ...]


def table_of(sample: Sequence[tuple[int, Cells]], filled: Counter[int], given: TableFormat) -> Table:
    """Return the table in a sheet.

    ``sample`` are its first rows that are not blank, at least one, and ``filled`` counts the cells of each column.
    """
    above = _title(sample)
    left = filled.copy()
    for _, cells in sample[:above]:
        left.subtract(cells.keys())
    columns = tuple(sorted(column for column, count in left.items() if count > 0))
    number, first = sample[above]
    head = texts_of(first, columns)
    problems = () if not above else (_titled(sample, above),)
    reason = None
    if given.header is None:
        reason = why_data(head, [texts_of(cells, columns) for _, cells in sample[above + 1 :]])
    if given.header is False or reason is not None:
        if reason is not None:
            problems = (*problems, headless_problem(reason, len(columns), number))
        return Table(columns, numbered_names(len(columns)), number, None, problems)
    names, wrong = column_names(head, number)
    return Table(columns, names, number + 1, head, (*problems, *wrong))


def texts_of(cells: Cells, columns: Sequence[int]) -> tuple[str, ...]:
    """Return the texts of some columns of a row; empty ones for empty cells."""
    return tuple(cells.get(column, "") for column in columns)


def _title(sample: Sequence[tuple[int, Cells]]) -> int:
    """Return how many rows above the header are a title: they have one cell, and most rows below have several."""
    above = 0
    while above < min(_MOST_TITLE, len(sample) - 1) and len(sample[above][1]) == 1:
        below = [len(cells) for _, cells in sample[above + 1 :]]
        if median(below) < _LEAST_COLUMNS or (_is_named(sample[above][1]) and not _is_named(sample[above + 1][1])):
            break
        above += 1
    # What a lone cell follows is no title.
    return above if len(sample[above][1]) > 1 else 0


def _is_named(cells: Cells) -> bool:
    """Return whether a row has the name of a column."""
    return any(is_name(text.strip()) for text in cells.values())


def _titled(sample: Sequence[tuple[int, Cells]], above: int) -> Problem:
    rows = f"rows {sample[0][0]:,} to {sample[above - 1][0]:,} are" if above > 1 else f"row {sample[0][0]:,} is"
    message = f"not a plain table: {rows} a title, and no header; the table begins in row {sample[above][0]:,}"
    return Problem("invalid-row", message, sample[0][0], severity="warning")

"""Values other than texts in the cells of a text-only table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeAlias

from datalint.sources.readers.cells.labels import CellLabels, cell_labels
from datalint.sources.readers.cells.lists import CellLists, cell_lists
from datalint.sources.readers.cells.tags import CellTags, cell_tags

#: A column of such values, with the functions that read and write them.
CellValues: TypeAlias = CellLists | CellTags | CellLabels


def cell_values(names: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[CellValues, ...]:
    """Return the columns with lists of messages, with tokens and tags, or with labels, from sampled ``rows``."""
    return (*cell_lists(names, rows), *cell_tags(names, rows), *cell_labels(names, rows))


def row_of(names: Sequence[str], cells: Sequence[str], valued: Sequence[CellValues]) -> dict[str, Any]:
    """Return a row of a table with the values that its texts contain."""
    row: dict[str, Any] = dict(zip(names, cells, strict=True))
    for each in valued:
        row[each.column] = each.read(row[each.column])
    return row


def columns_of_lists(valued: Iterable[CellValues]) -> Iterator[str]:
    """Yield the columns with lists, which other readers of tables take for texts."""
    return (each.column for each in valued if isinstance(each, CellLists | CellTags))

"""Advice as text for a terminal or a log."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from datalint.report.advice.view import AdviceSection, AdviceTable, advice_sections
from datalint.report.inert import inert
from datalint.report.layout import plain, runs, width_of, wrapped

if TYPE_CHECKING:
    from datalint.advise.advice import Advice

_INDENT: Final = 2
#: Columns between cells, and the least width of a column that is wrapped.
_GAP: Final = 2
_LEAST: Final = 12
#: Lines of a cell; with more, a table is a list.
_MOST_LINES: Final = 4


def to_text(advice: Advice, width: int = 110) -> str:
    """Return the report; lines are at most ``width`` cells wide, apart from code."""
    lines = [*_wrapped(advice.headline, width)]
    for section in advice_sections(advice):
        lines += ["", section.title, *_section(section, width)]
    return "\n".join(inert(line).rstrip() for line in lines) + "\n"


def _section(section: AdviceSection, width: int) -> Iterator[str]:
    for words, source in section.lines:
        yield from _wrapped(f"{words} [{source}]" if source else words, width, _INDENT)
    if section.table is not None:
        yield from _table(section.table, width)
    if section.code:
        yield from (f"{' ' * _INDENT}{line}" for line in section.code.splitlines())


def _wrapped(text: str, width: int, indent: int = 0) -> Iterator[str]:
    return (plain(line) for line in wrapped(runs(text), width, indent))


def _table(table: AdviceTable, width: int) -> Iterator[str]:
    widths = _widths(table, width - _INDENT)
    rows = [
        [[*_wrapped(cell, size)] or [""] for cell, size in zip(row, widths, strict=True)]
        for row in (table.columns, *table.rows)
    ]
    is_too_wide = sum(widths) + _GAP * (len(widths) - 1) > width - _INDENT
    if is_too_wide or max(len(cell) for row in rows for cell in row) > _MOST_LINES:
        yield from _list(table, width)
        return
    for cells in rows:
        for at in range(max(map(len, cells))):
            parts = [cell[at] if at < len(cell) else "" for cell in cells]
            padded = (f"{part}{' ' * (size - width_of(part))}" for part, size in zip(parts, widths, strict=True))
            yield f"{' ' * _INDENT}{(' ' * _GAP).join(padded)}".rstrip()


def _list(table: AdviceTable, width: int) -> Iterator[str]:
    """Yield a table whose columns have no room next to each other: a line for each cell, with its column."""
    for first, *rest in table.rows:
        yield from _wrapped(first, width, _INDENT)
        for column, cell in zip(table.columns[1:], rest, strict=True):
            if cell:
                yield from _wrapped(f"{column}: {cell}", width, 2 * _INDENT)


def _widths(table: AdviceTable, width: int) -> Sequence[int]:
    """Return the width of each column: as wide as its cells, and the widest shortened until the row has room."""
    widths = [max(map(width_of, column)) for column in zip(table.columns, *table.rows, strict=True)]
    room = width - _GAP * (len(widths) - 1)
    while sum(widths) > room and max(widths) > _LEAST:
        widths[widths.index(max(widths))] -= 1
    return widths

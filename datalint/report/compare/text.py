"""A comparison for people at a terminal."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from datalint.core.results import Verdict
from datalint.report.compare.places import files_of
from datalint.report.compare.view import ROWS, CompareSection, comparison_sections, verdict_line
from datalint.report.inert import Inert
from datalint.report.layout import cut_to_width, width_of
from datalint.report.text import WIDTH
from datalint.support.numbers import counted

if TYPE_CHECKING:
    from rich.console import RenderableType

    from datalint.compare.model import Comparison

#: Columns that a cell next to the last one may always have, so that places stay whole.
_PLACE: Final = 24
#: Cells before a table and between its columns, and the least that a text is shortened to.
_GAP: Final = 2
#: Cells of the last column from which on the others may keep theirs.
_NARROWEST: Final = 8
_LEAST: Final = 20
_STYLE: Final = {Verdict.PASS: "bold green", Verdict.WARN: "bold yellow", Verdict.FAIL: "bold red"}


def to_text(found: Comparison, *, full: bool = False) -> str:
    """Return the comparison as plain text, without colours."""
    file = io.StringIO()
    render(found, Console(file=file, width=WIDTH, no_color=True, highlight=False, markup=False, emoji=False), full=full)
    return "\n".join(line.rstrip() for line in file.getvalue().splitlines()) + "\n"


def render(found: Comparison, console: Console, *, full: bool = False) -> None:
    """Print the comparison; with ``full`` no table is cut."""
    for block in _blocks(found, limit=0 if full else ROWS, width=console.width):
        console.print(Inert(block))


def _blocks(found: Comparison, *, limit: int, width: int) -> Iterator[RenderableType]:
    yield Text(verdict_line(found), style=_STYLE.get(found.new.outcome.verdict, "bold"))
    for label, side in (("old", found.old), ("new", found.new)):
        yield Text.assemble((f"{label} ", "dim"), (files_of(side), "bold"), f"  {counted(side.rows, 'row')}")
    yield ""
    for line in found.summary:
        yield Text(line, style="bold")
    for note in found.notes:
        grid = Table.grid(padding=(0, 1, 0, 0))
        grid.add_row(Text("note:", style="dim"), Text(note, style="dim"))
        yield grid
    for section in comparison_sections(found, limit=limit):
        yield ""
        yield Text(section.title, style="bold")
        yield _table(section, width)
        if section.rest:
            yield Text(f"  {section.rest}", style="dim")


def _table(section: CompareSection, width: int) -> RenderableType:
    from rich.padding import Padding

    table = Table(box=None, pad_edge=False, padding=(0, _GAP, 0, 0), show_header=True, header_style="dim")
    last = len(section.columns) - 1
    least = _least_widths(section)
    # A table that is wider than the terminal would be cut at its edge, in the middle of a word.
    left = width - _GAP - sum(each + _GAP for each in least)
    for place, column in enumerate(section.columns):
        # Long words wrap in the last column; numbers stay whole.
        table.add_column(
            column,
            justify="right" if place in section.numbers else "left",
            no_wrap=place in section.numbers,
            # A column next to one that takes all the room is else as narrow as it can be.
            min_width=least[place] if place != last and left >= _NARROWEST else None,
            max_width=left if place == last and left >= _NARROWEST else None,
            overflow="fold",
        )
    room = _room(section, width)
    for row in section.rows:
        table.add_row(*(row if room is None else (*row[:-1], cut_to_width(row[-1], room))))
    return Padding(table, (0, 0, 0, _GAP))


def _least_widths(section: CompareSection) -> list[int]:
    """Return the cells that each column but the last one has at least; numbers and headings stay whole."""
    found = []
    for place, column in enumerate(section.columns[:-1]):
        widest = max(width_of(row[place]) for row in section.rows)
        found.append(max(widest if place in section.numbers else min(_PLACE, widest), width_of(column)))
    return found


def _room(section: CompareSection, width: int) -> int | None:
    """Return the cells that the last column has on a line; None where it may take several lines."""
    if not section.cut:
        return None
    before = [max(width_of(text) for text in column) + _GAP for column in zip(*section.rows, strict=True)][:-1]
    return max(width - _GAP - sum(before), _LEAST)

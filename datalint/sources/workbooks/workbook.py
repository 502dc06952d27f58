"""Opens a workbook: its sheet becomes JSON Lines in which line n is row n of the sheet.

So findings have the numbers that Excel shows. As in CSV, every value is a text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from typing import Any, Final

import orjson

from datalint.core.table_format import DETECTED, TableFormat
from datalint.records.record import FileFacts, Problem
from datalint.sources.content import Content, spooled
from datalint.sources.header_names import is_header_again
from datalint.sources.inflate import DecompressionLimits
from datalint.sources.merge import bounded
from datalint.sources.opening import Opening
from datalint.sources.readers.cells.values import CellValues, cell_values, row_of
from datalint.sources.readers.json_lines.reader import JsonLines
from datalint.sources.readers.lost_letters import lost_letters
from datalint.sources.workbooks.book import SheetPart, read_book, read_dates, read_texts
from datalint.sources.workbooks.cells import Cells, Merged, SheetReader, filled_down, sheet_rows
from datalint.sources.workbooks.choice import chosen_sheet
from datalint.sources.workbooks.package import DamagedError, Package, unreadable
from datalint.sources.workbooks.runs import run_problems
from datalint.sources.workbooks.table import Table, table_of, texts_of
from datalint.support.classes import mutable

#: The container of workbooks.
WORKBOOK: Final = "xlsx"
#: Rows from which title and header are recognised, and bytes of them.
_SAMPLED: Final = 200
_SAMPLED_BYTES: Final = 16 << 20
#: Rows of a sheet of which one may be the header.
_HEADERS: Final = 20
#: Bytes of lines that are written at once.
_BLOCK: Final = 1 << 20


@mutable
class Sheet(JsonLines):
    """The rows of a sheet.

    ``unread_sheets`` are the other sheets with values, ``held_sheets`` those of them that are evaluation sets by
    their names; ``sheet`` is the one that is read, if there are others, and ``is_largest`` says that this is for its
    rows. ``split`` is the requested one. ``detected`` says if a header is missing, and ``valued`` are the columns whose
    cells hold values that are no text.
    """

    sheet: str = ""
    is_largest: bool = False
    unread_sheets: tuple[str, ...] = ()
    held_sheets: tuple[str, ...] = ()
    split: str | None = None
    detected: TableFormat = DETECTED
    valued: tuple[CellValues, ...] = ()

    def facts(self) -> FileFacts:
        """Return size, hash and the problems of the whole file, and which sheet of it is read."""
        facts = JsonLines.facts(self)
        facts.part = self.sheet
        return facts

    def fetch(self, rows: Sequence[int], offsets: Sequence[int] | None = None) -> list[dict[str, Any]]:
        """Read rows again, without offsets by their numbers in the sheet, from 0 on; empty ones for other rows."""
        if offsets is not None:
            return JsonLines.fetch(self, rows, offsets)
        wanted = set(rows)
        found: dict[int, dict[str, Any]] = {}
        before = 0
        for chunk in self.chunks(0):
            loaded = chunk.load()
            numbers = (before + line - 1 for line in loaded.lines)
            found.update(each for each in zip(numbers, loaded.records, strict=True) if each[0] in wanted)
            before += loaded.facts.lines
        return [found.get(row, {}) for row in rows]


def open_workbook(opening: Opening, limits: DecompressionLimits) -> Sheet:
    """Return the rows of a workbook's sheet.

    Raises:
        DatalintError: if it is damaged or encrypted, exceeds the limits, or has no sheet of the requested name.
    """
    try:
        with Package(opening.path, opening.content, opening.original.size, limits) as package:
            return _opened(opening, package)
    except DamagedError as error:
        raise unreadable(opening.path, error) from error


def _opened(opening: Opening, package: Package) -> Sheet:
    book = read_book(package)
    make = partial(
        SheetReader, package.path, read_texts(package, book), read_dates(package, book), since_1904=book.since_1904
    )
    filled = [sheet for sheet in book.sheets if next(sheet_rows(package, sheet.part, make()), None) is not None]

    def count(sheet: SheetPart, cells: int, most: int) -> int:
        rows = sheet_rows(package, sheet.part, make())
        return sum(1 for _ in islice((row for _, row in rows if len(row) >= cells), most))

    choice = chosen_sheet(opening, filled, count)
    if choice is None:
        return _sheet(opening, Content(), (Problem("empty-file", "no record at all"),))
    cells = _Stored(package, choice.part, make())
    table = table_of(cells.sample, cells.filled, opening.table)
    merged = cells.merged(table)
    sample = filled_down(cells.sample, merged)
    rows = [texts_of(each, table.columns) for number, each in sample if number >= table.first]
    valued = cell_values(table.names, rows)
    lines = _Lines(package, cells.content, table, valued, merged)
    content = spooled(lines.blocks())
    lost = lost_letters(table.names, rows, table.first)
    problems = [*lost, *table.problems, *lines.problems, *cells.problems(table)]
    if not content.size:
        problems.append(Problem("empty-file", "a header and no record"))
    found = _sheet(opening, content, problems)
    found.refused = lines.refused
    found.sheet, found.unread_sheets = choice.shown, choice.unread
    alike = (sheet.name for sheet in choice.maybe_held if _has_columns(sheet_rows(package, sheet.part, make()), table))
    found.held_sheets, found.split, found.is_largest = (*choice.held, *alike), choice.split, choice.largest
    found.detected = TableFormat(header=False) if table.head is None else DETECTED
    found.valued = valued
    return found


def _sheet(opening: Opening, content: Content, problems: Iterable[Problem]) -> Sheet:
    noted = tuple(bounded([*opening.problems, *problems]))
    return Sheet(opening.path, content, opening.original, 0, WORKBOOK, noted, opening.chunk_bytes)


def _has_columns(rows: Iterable[tuple[int, Cells]], table: Table) -> bool:
    """Return whether the first rows of a sheet have a header with all names of a table."""
    wanted = {text for text in table.head or () if text}
    return bool(wanted) and any(wanted <= set(cells.values()) for _, cells in islice(rows, _HEADERS))


def _merged(areas: Sequence[Merged], first: int, how: str) -> Problem:
    what = f"{len(areas):,} merged cells take" if len(areas) > 1 else "a merged cell takes"
    message = f"not a plain table: {what} several rows, which {how}"
    return Problem("invalid-row", message, max(first, areas[0].first), severity="warning")


class _Stored:
    """The cells of a sheet, outside of memory; ``filled`` counts those of each column, ``rows`` those with a value."""

    def __init__(self, package: Package, part: str, reader: SheetReader) -> None:
        self.filled: Counter[int] = Counter()
        self.rows = 0
        self.sample: list[tuple[int, Cells]] = []
        self._reader = reader
        self.content = spooled(self._blocks(package, part))

    def _blocks(self, package: Package, part: str) -> Iterator[bytes]:
        # Shared texts may be long and used any number of times.
        lines: list[bytes] = []
        size = total = 0
        for number, cells in sheet_rows(package, part, self._reader):
            self.filled.update(cells.keys())
            self.rows += 1
            if not self.sample or (len(self.sample) < _SAMPLED and total + size < _SAMPLED_BYTES):
                self.sample.append((number, cells))
            lines.append(orjson.dumps([number, *cells.keys(), *cells.values()]))
            size += len(lines[-1])
            if size >= _BLOCK:
                total += size
                package.check(total)
                yield b"\n".join(lines) + b"\n"
                lines, size = [], 0
        if lines:
            yield b"\n".join(lines) + b"\n"

    def merged(self, table: Table) -> list[Merged]:
        """Return the merged areas of a table with several rows."""
        return [area for area in self._reader.merged if area.first >= table.first]

    def problems(self, table: Table) -> Iterator[Problem]:
        """Yield the problems with the cells of a table."""
        merged = self.merged(table)
        if merged:
            yield _merged(merged, table.first, "are read with its value; for other tools only the first one has it")
        above = [area for area in self._reader.merged if area.first < table.first <= area.last]
        if above:
            yield _merged(above, table.first, "have no value except for the first one")
        if not merged and not above:
            yield from run_problems(table, self.sample, self.filled, self.rows)
        if count := self._reader.uncomputed:
            what = f"{count:,} formulas have" if count > 1 else "a formula has"
            message = f"{what} no value, and the cell is empty: open the workbook in Excel and save it"
            yield Problem("invalid-row", message, self._reader.first_uncomputed, severity="warning")


class _Lines:
    """The rows of a table as JSON Lines, with a blank line for each row of the sheet that is none of them."""

    def __init__(
        self,
        package: Package,
        content: Content,
        table: Table,
        valued: Sequence[CellValues],
        merged: Sequence[Merged],
    ) -> None:
        self.problems: list[Problem] = []
        self.refused = 0
        self._package = package
        self._content = content
        self._table = table
        self._valued = valued
        self._merged = merged

    def blocks(self) -> Iterator[bytes]:
        """Yield the lines, many at a time."""
        table = self._table
        lines: list[bytes] = []
        size = total = written = 0
        for number, cells in filled_down(_cells(self._content), self._merged):
            texts = texts_of(cells, table.columns)
            if number < table.first:
                continue
            if table.head is not None and is_header_again(texts, table.head):
                message = "the header again: files were joined with their headers"
                self.problems.append(Problem("invalid-row", message, number))
                self.refused += 1
                continue
            gap = b"\n" * (number - written - 1)
            lines.append(gap + orjson.dumps(row_of(table.names, texts, self._valued)))
            written = number
            size += len(lines[-1])
            if size >= _BLOCK:
                total += size
                self._package.check(total)
                yield b"\n".join(lines) + b"\n"
                lines, size = [], 0
        if lines:
            yield b"\n".join(lines) + b"\n"


def _cells(content: Content) -> Iterator[tuple[int, Cells]]:
    for line in content.lines_from(0):
        number, *values = orjson.loads(line)
        half = len(values) // 2
        yield number, dict(zip(values[:half], values[half:], strict=True))

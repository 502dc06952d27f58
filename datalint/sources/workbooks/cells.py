"""The cells of a sheet as texts, row by row."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final

from datalint.core.errors import DatalintError
from datalint.sources.limits import MOST_ROW, too_large
from datalint.sources.workbooks.book import unescaped
from datalint.sources.workbooks.number_text import number_text
from datalint.sources.workbooks.package import DamagedError, Package
from datalint.support.named_tuple import NamedTuple

#: The size of a sheet of Excel.
_MOST_ROWS: Final = 1 << 20
_MOST_COLUMNS: Final = 1 << 14
#: Merged areas that are kept.
_MOST_MERGED: Final = 100_000
_REFERENCE: Final = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_TRUTH: Final = {"1": "true", "0": "false"}

#: The texts of a row by their columns, both counted from 1; empty cells are missing.
Cells = dict[int, str]


class Merged(NamedTuple):
    """The first and the last row of merged cells, and the column of the value that they share."""

    first: int
    last: int
    column: int


class SheetReader:
    """Receives the XML of a sheet; ``rows`` are those that were completed, with their numbers.

    ``merged`` are the merged areas with several rows, which come after these; ``uncomputed`` counts formulas without a
    value, and ``first_uncomputed`` is the row of the first one.
    """

    def __init__(self, path: str, texts: Sequence[str], dates: Collection[str], *, since_1904: bool) -> None:
        self.rows: list[tuple[int, Cells]] = []
        self.merged: list[Merged] = []
        self.uncomputed = 0
        self.first_uncomputed = 0
        self._path = path
        self._texts = texts
        self._dates = dates
        self._since_1904 = since_1904
        self._columns: dict[str, int] = {}
        self._row = self._column = self._size = 0
        self._cells: Cells = {}
        self._kind = self._style = ""
        self._parts: list[str] = []
        self._is_open = self._has_value = self._is_formula = False
        self._phonetic = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self._kind = attributes.get("t", "n")
            self._style = attributes.get("s", "0")
            self._column = self._column_of(attributes.get("r"))
            self._is_formula = self._has_value = False
        elif name == "v" or name == "t":
            self._is_open = not self._phonetic
        elif name == "f":
            self._is_formula = True
        elif name == "rPh":
            self._phonetic += 1
        elif name == "row":
            self._begin_row(attributes.get("r"))
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def end(self, name: str) -> None:
        if name == "v" or name == "t":
            self._is_open = False
            self._has_value = True
        elif name == "c":
            if self._parts:
                text = "".join(self._parts)
                self._parts.clear()
                # A cell of blanks, or of a no-break space, is an empty one.
                if (value := self._value(text)).strip():
                    self._cells[self._column] = value
                    self._grow(len(value))
            elif self._is_formula and (not self._has_value or self._kind != "str"):
                self.uncomputed += 1
                self.first_uncomputed = self.first_uncomputed or self._row
        elif name == "row":
            if self._cells:
                self.rows.append((self._row, self._cells))
                self._cells = {}
        elif name == "rPh":
            self._phonetic -= 1

    def text(self, data: str) -> None:
        if self._is_open:
            self._parts.append(data)
            self._grow(len(data))

    def _begin_row(self, given: str | None) -> None:
        try:
            number = self._row + 1 if given is None else int(given)
        except ValueError:
            raise DamagedError("a row has no number") from None
        if not self._row < number <= _MOST_ROWS:
            raise DamagedError(f"row {number:,} comes after row {self._row:,}")
        self._row, self._column, self._size = number, 0, 0

    def _column_of(self, reference: str | None) -> int:
        """Return the number of the column of a cell, which follows the last one if it has no name."""
        if reference is None:
            column = self._column + 1
        else:
            letters = reference.rstrip("0123456789")
            column = self._columns.get(letters, 0)
            if not column:
                if _REFERENCE.fullmatch(reference) is None:
                    raise DamagedError("a cell has no name such as A1")
                column = self._columns[letters] = column_number(letters)
        if column > _MOST_COLUMNS:
            raise DamagedError(f"a row has more than {_MOST_COLUMNS:,} cells")
        return column

    def _value(self, text: str) -> str:
        kind = self._kind
        if kind == "s":
            try:
                return self._texts[int(text)]
            except (ValueError, IndexError):
                raise DamagedError("a cell refers to a text that does not exist") from None
        if kind == "n":
            return number_text(text.strip(), date=self._style in self._dates, since_1904=self._since_1904)
        if kind == "b":
            return _TRUTH.get(text.strip(), text)
        return text if kind in ("e", "d") else unescaped(text)

    def _grow(self, size: int) -> None:
        self._size += size
        if self._size > MOST_ROW:
            raise DatalintError(f"{self._path}: row {self._row:,}: {too_large(self._size)}")

    def _merge(self, area: str) -> None:
        ends = [_REFERENCE.fullmatch(end) for end in area.split(":")]
        if len(ends) == 2 and ends[0] is not None and ends[1] is not None and len(self.merged) < _MOST_MERGED:
            first, last = int(ends[0][2]), int(ends[1][2])
            if last > first:
                self.merged.append(Merged(first, last, column_number(ends[0][1])))


def sheet_rows(package: Package, part: str, reader: SheetReader) -> Iterator[tuple[int, Cells]]:
    """Yield the rows of a sheet with a value, and their numbers."""
    for _ in package.read(part, reader):
        yield from reader.rows
        reader.rows.clear()


def filled_down(rows: Iterable[tuple[int, Cells]], merged: Iterable[Merged]) -> Iterator[tuple[int, Cells]]:
    """Yield rows in which each merged cell of several rows has its value in all of them."""
    begin: dict[int, list[Merged]] = {}
    for area in merged:
        begin.setdefault(area.first, []).append(area)
    shared: dict[int, tuple[int, str]] = {}
    for number, cells in rows:
        for column, (last, value) in [*shared.items()]:
            if number > last:
                del shared[column]
            elif column not in cells:
                cells = {**cells, column: value}
        for area in begin.get(number, ()):
            if area.column in cells:
                shared[area.column] = (area.last, cells[area.column])
        yield number, cells


def column_number(letters: str) -> int:
    """Return the number of a column, from 1 for ``A`` on."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number

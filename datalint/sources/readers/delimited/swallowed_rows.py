"""Detection of rows inside a quoted field, because of a missing or misplaced quotation mark."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from datalint.records.record import Problem

#: Whole lines within a field, rows on one line that these are compared with, and how many of them are kept.
_LEAST_LINES: Final = 2
_LEAST_ROWS: Final = 5
_COMPARED: Final = 50
#: How many times as long or as short as those rows lines may be on average.
_TIMES: Final = 3
#: Times that a value of a column of classes comes on average, and separators in whole lines, if no column has classes.
_AGAIN: Final = 4
_LEAST_SEPARATORS: Final = 8
_NUMBER: Final = re.compile(r"\s*[+-]?\d[\d.]*\s*")
_TAB: Final = "\t"
#: The id of a row: digits with letters or signs around them.
_ID: Final = re.compile(r"[\w.:/-]{0,30}\d{2,19}[A-Za-z._-][\w.-]{0,29}|[A-Za-z][\w.:/-]{0,29}\d{2,19}")
#: Digits of the number of a row, at most.
_DIGITS: Final = 19
#: Lines that a record with such rows has at least.
LEAST_SPAN: Final = _LEAST_LINES + 2


def with_spans(records: Iterable[tuple[int, list[str] | str]]) -> Iterator[tuple[int, list[str] | str, int]]:
    """Yield records with the number of lines from the first one of each to that of the next one."""
    before: tuple[int, list[str] | str] | None = None
    for each in records:
        if before is not None:
            yield *before, each[0] - before[0]
        before = each
    if before is not None:
        yield *before, 1 + sum(field.count("\n") for field in before[1])


class Swallowed:
    """Collects records, and finds those that contain other rows of the table."""

    def __init__(self, delimiter: str) -> None:
        self.delimiter = delimiter
        self._plain: list[Sequence[str]] = []
        self._long: list[tuple[int, Sequence[str]]] = []

    def add(self, line: int, fields: Sequence[str], span: int) -> None:
        """Add a record that begins on a line, and is on ``span`` lines."""
        if span == 1 and len(self._plain) < _COMPARED:
            self._plain.append(fields)
        elif span >= LEAST_SPAN:
            self._long.append((line, fields))

    def found(self) -> Iterable[tuple[int, int]]:
        """Yield the line on which each record with others begins, and how many rows are in it."""
        if len(self._plain) < _LEAST_ROWS:
            return
        usual = sum(len(self.delimiter.join(fields)) for fields in self._plain) / len(self._plain)
        columns = [set(column) for column in zip(*self._plain, strict=False)]
        numbers = [place for place, column in enumerate(columns) if all(map(_NUMBER.fullmatch, column))]
        classes = [place for place, column in enumerate(columns) if len(column) * _AGAIN <= len(self._plain)]
        for line, fields in self._long:
            inner = self._lines_in(fields)
            if not inner or not usual <= _TIMES * sum(map(len, inner)) / len(inner) <= _TIMES * _TIMES * usual:
                continue
            cells = [each.split(self.delimiter) for each in inner]
            alike = all(_NUMBER.fullmatch(row[place]) for row in cells for place in numbers) and all(
                2 * sum(row[place] in columns[place] for row in cells) >= len(cells) for place in classes
            )
            # Without numbers and classes, sentences may have as many commas by chance.
            if alike and (numbers or classes or len(inner) * (len(fields) - 1) >= _LEAST_SEPARATORS):
                yield line, len(inner) + 1

    def problems(self) -> Iterable[Problem]:
        """Yield the problem of each such record, and of each that contains rows of the table it was made from."""
        for line, rows in self.found():
            what = f"a quoted field of this row holds {rows:,} more rows of the table"
            message = f"{what}: a quotation mark is missing, or is text (--quote none)"
            yield Problem("wrong-delimiter", message, line)
        for line, fields in self._long if self.delimiter != _TAB else ():
            if rows := max(map(_rows_of_source, fields)):
                what = f"a field of this row holds {rows:,} rows of another table, separated by tabs"
                message = (
                    f"{what}: a quotation mark in it was read as the beginning of a field; divide it into its rows"
                )
                yield Problem("wrong-delimiter", message, line)

    def _lines_in(self, fields: Sequence[str]) -> list[str]:
        """Return the whole lines within a field that are rows by their separators; none if there are others.

        What is before them in the field is the rest of a row, and what is after them the beginning of one.
        """
        mark, width = self.delimiter, len(fields)
        for place, field in enumerate(fields):
            if field.count("\n") <= _LEAST_LINES:
                continue
            first, *inner, last = field.replace("\r\n", "\n").split("\n")
            inner = [line for line in inner if line.strip()]
            if len(inner) < _LEAST_LINES or first.count(mark) != width - 1 - place or last.count(mark) != place:
                continue
            if width > 1 and all(line.count(mark) == width - 1 for line in inner):
                return inner
        return []


def _rows_of_source(field: str) -> int:
    """Return how many rows of another table are in a field: the first without its beginning, the last without its end.

    The others are whole lines that begin with numbers in order, or with ids, and have as many tabs as both.
    """
    if field.count("\n") <= _LEAST_LINES or _TAB not in field:
        return 0
    first, *inner, last = field.replace("\r\n", "\n").split("\n")
    tabs = inner[0].count(_TAB)
    if not 0 < first.count(_TAB) < tabs or first.count(_TAB) + last.count(_TAB) != tabs:
        return 0
    if any(line.count(_TAB) != tabs for line in inner):
        return 0
    starts = [line.split(_TAB, 1)[0] for line in (*inner, last)]
    if all(start.isdecimal() and len(start) < _DIGITS for start in starts):
        ordered = all(int(one) < int(other) for one, other in pairwise(starts))
    else:
        ordered = len({*starts}) == len(starts) and all(map(_ID.fullmatch, starts))
    return len(inner) + 2 if ordered else 0

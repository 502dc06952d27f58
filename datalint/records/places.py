"""Wording that dataset rules share: lists, and the places of other rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import islice

from datalint.privacy.display import printable, short_names
from datalint.records.dataset import Dataset

#: Other rows that one finding points at; the message counts the rest.
MOST_RELATED = 20


def listed(items: Iterable[str], total: int, most: int) -> str:
    """Return the first ``most`` of ``total`` items as ``a, b and 3 more``; one more is named, which is as short."""
    shown = list(islice(items, most + 1 if total == most + 1 else most))
    named = ", ".join(shown)
    return f"{named} and {total - len(shown):,} more" if total > max(len(shown), most) else named


def joined(items: Sequence[str], most: int) -> str:
    """Return up to ``most`` items as ``a and b and c``, and more of them as :func:`listed` does."""
    return listed(items, len(items), most) if len(items) > most else " and ".join(items)


def others(rows: Iterable[int]) -> tuple[tuple[int, float | None], ...]:
    """Return the first :data:`MOST_RELATED` rows as a hit's ``related``, without similarities."""
    return tuple((row, None) for row in islice(rows, MOST_RELATED))


class Places:
    """Names rows in messages, without reading the frame row by row."""

    def __init__(self, data: Dataset) -> None:
        self._files = data.files
        # A view gives a cell in a tenth of the time that a series takes, and a message needs five.
        columns = (data.examples[name] for name in ("file", "line", "row"))
        self._file, self._line, self._row = (
            (column.fill_null(0) if column.null_count() else column).to_numpy().data for column in columns
        )
        self._held = data.evaluation
        self._held_files = data.evaluation_files
        self._short: Mapping[str, str] | None = None

    def of(self, row: int, seen_from: int) -> str:
        """Return ``line 12``, with the file's name where ``seen_from`` is in another file.

        It is ``row 12`` where a container has no lines, or both rows stand on one.
        """
        file, line, number = self._file[row], self._line[row], self._row[row]
        if file == self._file[seen_from]:
            # A row without a line has line 0.
            shared = line < number or (row != seen_from and line == self._line[seen_from])
            return f"row {number}" if shared else f"line {line}"
        return _place(_name(self._files[file].path), line, number)

    def between(self, first: int, last: int, seen_from: int) -> str:
        """Return ``lines 1–148`` for the rows from one to another of a file, with its name where it is another one.

        Lines are those at which rows begin. They are ``rows 1–148`` where several stand on one line.
        """
        file = self._file[first]
        in_rows = self._line[last] - self._line[first] < self._row[last] - self._row[first]
        in_rows = in_rows or self._line[first] < self._row[first]
        column = self._row if in_rows else self._line
        words = f"{'rows' if in_rows else 'lines'} {column[first]}–{column[last]}"
        return words if file == self._file[seen_from] else f"{words} of {_name(self._files[file].path)}"

    def of_evaluation(self, row: int) -> str:
        """Return ``line 12 of eval.jsonl`` for a row of the evaluation set, or ``row 12``, with few folders.

        The number goes first, as it is what a narrow screen must not cut off.
        """
        assert self._held is not None
        file, line, number = (self._held[name][row] for name in ("file", "line", "row"))
        unit = f"row {number}" if line is None or line < number else f"line {line}"
        return f"{unit} of {self.evaluation_file(file)}"

    def evaluation_file(self, file: int) -> str:
        """Return the name of a file of the evaluation set, with few folders."""
        if self._short is None:
            self._short = short_names(each.path for each in (*self._held_files, *self._files))
        return self._short[self._held_files[file].path]


# Most of the names of many files are in no message, and some are in many.
_name = lru_cache(maxsize=1024)(printable)


def _place(name: str, line: int | None, row: int) -> str:
    # A line before the row's number holds several rows, as in an array without line breaks.
    return f"{name} row {row}" if line is None or line < row else f"{name}:{line}"

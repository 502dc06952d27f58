"""Rows of a table that a line break divides: the last part may have as many fields as a row, the first ones empty."""

from __future__ import annotations

from collections.abc import Sequence

from datalint.records.record import Problem
from datalint.sources.readers.delimited.row_problems import CONFLICT_MARKERS


class DividedRows:
    """Finds the last parts of rows among records that are given in order; ``width`` is the number of columns.

    The records before it, which lack fields, fill exactly the columns that are empty in it. In a table in which other
    rows begin with an empty field as well, it says nothing.
    """

    def __init__(self, width: int) -> None:
        self._width = width
        self._filled = 0
        self._before: Problem | None = None
        self._is_usual = False

    def problem(self, fields: Sequence[str], problem: Problem | None, line: int) -> Problem | None:
        """Return the problem with a record: its own, or that of the parts of its row before it."""
        before, filled = self._before, self._filled
        if problem is not None and self._lacks_fields(fields, problem):
            self._filled += sum(1 for field in fields if field.strip())
            self._before = before or problem
            return problem
        self._before, self._filled = None, 0
        # Nearly all rows begin with text.
        if problem is not None or fields[0].strip():
            return problem
        empty = next((place for place, field in enumerate(fields) if field.strip()), 0)
        if before is not None and empty == filled > 0 and not self._is_usual:
            return before._replace(line=line)
        self._is_usual = True
        return None

    def _lacks_fields(self, fields: Sequence[str], problem: Problem) -> bool:
        """Return whether a record may be the first part of a row; a marker of Git and a parser's error are none."""
        is_list = not isinstance(fields, str) and fields[0][:8] not in CONFLICT_MARKERS
        return is_list and problem.rule == "invalid-row" and len(fields) < self._width

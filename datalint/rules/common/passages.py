"""Copies that follow one another as what they copy does: a part of a file that was written twice."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from datalint.api import Dataset, Group, Places

#: Rows in a row that are no chance.
_LEAST: Final = 20


class Origins:
    """Names what each copy of some groups of equal rows is a copy of: a row, or the rows of a passage."""

    def __init__(self, data: Dataset, groups: Iterable[Group]) -> None:
        self._places = Places(data)
        self._files = data.examples["file"].to_numpy().data
        self._group = {row: (number, group.rows[0]) for number, group in enumerate(groups) for row in group.rows}
        self._passages: dict[int, tuple[int, int]] = {}
        self._find()

    def of(self, copy: int) -> str:
        """Return ``line 12``, or ``lines 1–148, in the same order`` for a row of a passage that is there twice."""
        if copy in self._passages:
            return f"{self._places.between(*self._passages[copy], copy)}, in the same order"
        return self._places.of(self._group[copy][1], copy)

    def _find(self) -> None:
        copies = sorted(row for row, (_, anchor) in self._group.items() if row != anchor)
        first = source = size = 0
        for copy in copies:
            if not (size and copy == first + size and self._goes_on(first, source, size)):
                self._keep(first, source, size)
                first, source, size = copy, self._group[copy][1], 0
            size += 1
        self._keep(first, source, size)

    def _goes_on(self, first: int, source: int, size: int) -> bool:
        """Return whether the row after a passage repeats the one after its source, each in the passage's file."""
        here, there = first + size, source + size
        if there >= first or there not in self._group or self._group[there][0] != self._group[here][0]:
            return False
        return bool(self._files[here] == self._files[first] and self._files[there] == self._files[source])

    def _keep(self, first: int, source: int, size: int) -> None:
        if size >= _LEAST:
            self._passages.update((first + at, (source, source + size - 1)) for at in range(size))

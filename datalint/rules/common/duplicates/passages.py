"""Copies that follow one another as what they copy does: a part of a file that was written twice."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from datalint.api import Dataset, Group, Places

#: Rows in a row that are no chance, and different ones of them.
_LEAST: Final = 10
#: Rows between two copies of a passage that are no copies by themselves, such as empty ones.
_GAP: Final = 10


class Origins:
    """Names what each copy of some groups of equal rows is a copy of: a row, or the rows of a passage."""

    def __init__(self, data: Dataset, groups: Iterable[Group], column: str) -> None:
        """Take the ``column`` of hashes that are the same for rows of one group."""
        self._places = Places(data)
        self._hashes = data.examples[column].to_numpy().data
        self._files = data.examples["file"].to_numpy().data
        self._anchors = {row: group.rows[0] for group in groups for row in group.rows}
        self._passages: dict[int, tuple[int, int]] = {}
        self._find()

    def of(self, copy: int) -> str:
        """Return ``line 12``, or ``lines 1–148, in the same order`` for a row of a passage that is there twice."""
        if copy in self._passages:
            return f"{self._places.between(*self._passages[copy], copy)}, in the same order"
        return self._places.of(self._anchors[copy], copy)

    def in_order(self, copy: int) -> bool:
        """Return whether a row is one of a passage that is there twice."""
        return copy in self._passages

    def _find(self) -> None:
        first = source = size = 0
        for copy in sorted(row for row, anchor in self._anchors.items() if row != anchor):
            if not size or not self._goes_on(first, source, size, copy):
                self._keep(first, source, size)
                first, source = copy, self._anchors[copy]
            size = copy - first + 1
        self._keep(first, source, size)

    def _goes_on(self, first: int, source: int, size: int, copy: int) -> bool:
        """Return whether the rows after a passage up to a copy repeat those after its source, each in its file.

        Some of them may be reported for something else.
        """
        end = copy - first
        # What is a copy of a passage itself is no source: of one that is there many times, the first is.
        if end - size > _GAP or source + end >= first or source + end in self._passages:
            return False
        if self._files[copy] != self._files[first] or self._files[source + end] != self._files[source]:
            return False
        return all(self._hashes[first + at] == self._hashes[source + at] for at in range(size, end + 1))

    def _keep(self, first: int, source: int, size: int) -> None:
        """Keep a passage of enough different rows: in a run of one row, each part repeats what is before it."""
        if size >= _LEAST and len(set(self._hashes[source : source + size])) >= _LEAST:
            self._passages.update((first + at, (source, source + size - 1)) for at in range(size))

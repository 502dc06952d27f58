"""Rows after their fixes; their texts are in a temporary file where they would take much memory."""

from __future__ import annotations

import os
import tempfile
import weakref
from array import array
from collections.abc import Iterator, Mapping
from typing import BinaryIO, Final

from datalint.sources.temporary import require_room
from datalint.support.named_tuple import NamedTuple

#: Bytes of texts that are in memory; more are in a file.
_MOST: Final = 64 << 20


class Repaired(NamedTuple):
    """A row after the fixes of ``rules``, by their index in the plan; ``line`` is its JSON text."""

    line: bytes
    rules: tuple[int, ...]


class Repairs(Mapping[int, Repaired]):
    """The rows that fixes change, by their number.

    A fix can change every row of a dataset, which has no place in memory.
    """

    def __init__(self) -> None:
        self._slots: dict[int, int] = {}
        self._starts = array("q")
        self._sizes = array("q")
        self._rules = array("l")
        #: Each combination of rules once.
        self._kinds: dict[tuple[int, ...], int] = {}
        self._texts = bytearray()
        #: Bytes of texts that are in the file.
        self._written = 0
        self._file: BinaryIO | None = None

    def add(self, number: int, line: bytes, rules: tuple[int, ...]) -> None:
        """Put a row in the place of what it was, after the fixes of ``rules`` too.

        Raises:
            DatalintError: if the disk has no room for it.
        """
        if (slot := self._slots.get(number)) is not None:
            rules = tuple(dict.fromkeys((*self._rules_at(slot), *rules)))
        self._slots[number] = len(self._starts)
        self._starts.append(self._written + len(self._texts))
        self._sizes.append(len(line))
        self._rules.append(self._kinds.setdefault(rules, len(self._kinds)))
        self._texts += line
        if len(self._texts) > _MOST:
            self._spill()

    def discard(self, number: int) -> None:
        """Forget a row, if it is here."""
        self._slots.pop(number, None)

    def rules(self) -> Iterator[tuple[int, ...]]:
        """Yield the rules of each row."""
        kinds = list(self._kinds)
        return (kinds[self._rules[slot]] for slot in self._slots.values())

    def __getitem__(self, number: int) -> Repaired:
        slot = self._slots[number]
        start, size = self._starts[slot], self._sizes[slot]
        if start >= self._written:
            line = bytes(self._texts[start - self._written : start - self._written + size])
        else:
            assert self._file is not None
            self._file.seek(start)
            line = self._file.read(size)
        return Repaired(line, self._rules_at(slot))

    def __contains__(self, number: object) -> bool:
        return number in self._slots

    def __iter__(self) -> Iterator[int]:
        return iter(self._slots)

    def __len__(self) -> int:
        return len(self._slots)

    def _rules_at(self, slot: int) -> tuple[int, ...]:
        return list(self._kinds)[self._rules[slot]]

    def _spill(self) -> None:
        require_room(len(self._texts))
        if self._file is None:
            self._file = tempfile.TemporaryFile(prefix="datalint-")  # noqa: SIM115 - the line below closes it
            weakref.finalize(self, self._file.close)
        self._file.seek(0, os.SEEK_END)
        self._file.write(self._texts)
        self._written += len(self._texts)
        self._texts = bytearray()

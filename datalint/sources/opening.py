"""The state of a file that is being opened, before a reader is chosen."""

from __future__ import annotations

from typing import Final

from datalint.core.table_format import DETECTED, TableFormat
from datalint.records.record import Problem
from datalint.sources.base import CHUNK_BYTES
from datalint.sources.content import BLOCK, Content
from datalint.support.named_tuple import NamedTuple

#: Bytes that are read first: nearly every text begins at once.
_FIRST: Final = 1 << 12


class Opening(NamedTuple):
    """The state of a file before its rows are located; ``start`` is after a byte-order mark."""

    path: str
    content: Content
    original: Content
    start: int
    problems: tuple[Problem, ...]
    split: str | None = None
    held: bool = False
    chunk_bytes: int = CHUNK_BYTES
    table: TableFormat = DETECTED


def first_text(content: Content, start: int) -> int:
    """Return the position of the first byte from ``start`` on that is not white space, or -1."""
    size = _FIRST
    while start < content.size:
        block = content.read(start, start + size)
        rest = block.lstrip(b" \t\r\n")
        if rest:
            return start + len(block) - len(rest)
        start += len(block)
        size = BLOCK
    return -1


def line_of(content: Content, position: int) -> int:
    """Return the line of a byte; this reads the file up to it."""
    count, base = 1, 0
    for block in content.blocks():
        count += block[: position - base].count(b"\n")
        base += len(block)
        if base >= position:
            break
    return count

"""Reader of text in blocks of lines, with a blank line after each: a row for each block.

A block is a sentence with tags (:mod:`datalint.sources.readers.tagged`), a conversation
(:mod:`datalint.sources.readers.spoken`), or else a paragraph, stanza or question, ``{"text": …}``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np

from datalint.records.record import FileFacts, Problem
from datalint.sources.base import Located, SourceChunk
from datalint.sources.content import Content, Region
from datalint.sources.merge import bounded
from datalint.sources.readers.ends import line_end
from datalint.sources.readers.lines import SPACE, count_lines, long_lines, split
from datalint.sources.readers.spoken import conversation, is_spoken
from datalint.sources.readers.tagged import NOT_TOKENS, is_tagged, sentence
from datalint.sources.readers.text_rows import TextRows, decoded_lines

#: The container of blocks that are neither sentences with tags nor conversations.
PLAIN: Final = "text-blocks"
_BLANK: Final = re.compile(rb"\n[ \t\r]{0,99}\n")
#: Bytes in which the end of a block is searched first, and at most; a longer block is refused.
_WINDOW: Final = 1 << 12
_REACH: Final = _WINDOW * 8**3
#: Blocks from which a text is read as blocks, and the share of them with more than one line.
_LEAST: Final = 10
_SHARE: Final = 0.8


class _Layout(NamedTuple):
    """How the blocks of a file are read.

    ``read`` makes a row of a block's lines, of which the first has a number; None with a problem if it cannot be read.
    ``what`` names a block; lines that begin with one of ``leave_out`` are no part of one.
    """

    read: Callable[[Sequence[bytes], int], tuple[dict[str, Any] | None, Problem | None]]
    what: str
    leave_out: tuple[bytes, ...] = ()


def blocks_of(head: bytes, *, tagged: bool = False) -> str | None:
    """Return the container of text that begins with ``head``; None if its rows are no blocks of lines.

    ``tagged`` says that the file is named like one of tokens with their tags.
    """
    if b"\n" not in head:
        return None
    if is_tagged(head, named=tagged):
        return "conll"
    if is_spoken(head):
        return "dialogue"
    sizes = [len(block) for _, _, block in _blocks(split(head))]
    several = sum(size > 1 for size in sizes)
    return PLAIN if len(sizes) >= _LEAST and several >= _SHARE * len(sizes) else None


@dataclass(slots=True)
class TextBlocks(TextRows):
    """A row for each block; ``container`` is one of those that :func:`blocks_of` returns."""

    def part(self, file: int, region: Region) -> SourceChunk:
        """Return the chunk of some blocks."""
        return BlocksChunk(file, self.path, region, self.container)

    def row_end(self, content: Content, position: int) -> int:
        """Return the end of the block at a position: after the next blank line, or after a line if there is none."""
        reach = _WINDOW
        while True:
            stop = min(position + reach, content.size)
            found = _BLANK.search(content.read(position, stop)) if position < content.size else None
            if found is not None:
                return position + found.end()
            if stop >= content.size:
                return content.size
            if reach >= _REACH:
                return line_end(content, stop)
            reach *= 8

    def at(self, offset: int) -> dict[str, Any]:
        """Return the row of the block at an offset."""
        layout = _LAYOUTS[self.container]
        lines = split(self.content.read(offset, self.row_end(self.content, offset)))
        found = next(_blocks(lines, layout.leave_out), None)
        return (layout.read(found[2], 1)[0] if found is not None else None) or {}


@dataclass(frozen=True, slots=True)
class BlocksChunk:
    """Blocks of a file."""

    file: int
    path: str
    region: Region
    container: str

    def load(self) -> Located:
        """Return a row for each block."""
        layout = _LAYOUTS[self.container]
        data = self.region.read()
        lines = split(data)
        facts = FileFacts(self.path, self.container, size=len(data), lines=len(lines))
        count_lines(facts, data)
        facts.long_lines = long_lines(lines, len(data))
        records: list[dict[str, Any]] = []
        where: list[int] = []
        starts: list[int] = []
        problems: list[Problem] = []
        for first, offset, block in _blocks(lines, layout.leave_out):
            size = sum(map(len, block)) + len(block)
            if size <= _REACH:
                record, problem = layout.read(block, first + 1)
            else:
                record, problem = None, _too_long(size, first + 1, layout.what)
            if problem is not None:
                problems.append(problem if record is None else problem._replace(record=len(records)))
            if record is None:
                facts.rows_refused += 1
                continue
            records.append(record)
            where.append(first + 1)
            starts.append(self.region.start + offset)
        facts.rows_read = len(records)
        facts.problems = bounded(problems)
        return Located(records, where, facts, offsets=np.array(starts, np.int64))


def _blocks(lines: Sequence[bytes], leave_out: tuple[bytes, ...] = ()) -> Iterator[tuple[int, int, list[bytes]]]:
    """Yield the index of the first line of each block, its offset in bytes, and its lines."""
    block: list[bytes] = []
    first = begin = offset = 0
    for index, line in enumerate(lines):
        if not line.strip(SPACE):
            if block:
                yield first, begin, block
                block = []
        elif not (leave_out and line.startswith(leave_out)):
            if not block:
                first, begin = index, offset
            block.append(line)
        offset += len(line) + 1
    if block:
        yield first, begin, block


def _too_long(size: int, line: int, what: str) -> Problem:
    mib = f"{size / (1 << 20):,.1f} MiB"
    message = f"{mib} without a blank line, which is no {what}: {_REACH >> 20} MiB are read at most"
    return Problem("oversized-line", message, line)


def _text(block: Sequence[bytes], line: int) -> tuple[dict[str, Any] | None, Problem | None]:
    """Return the row of a block that begins at a line, None if a line has no encoding, and the first problem."""
    texts, problem = decoded_lines(block, line)
    return None if texts is None else {"text": "\n".join(texts)}, problem


_LAYOUTS: Final = {
    "conll": _Layout(sentence, "sentence", NOT_TOKENS),
    "dialogue": _Layout(conversation, "conversation"),
    PLAIN: _Layout(_text, "paragraph"),
}

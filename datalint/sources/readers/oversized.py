"""Rows that are too large to be read are refused without being loaded into memory."""

from __future__ import annotations

from collections.abc import Iterator

from datalint.records.record import FileFacts, Problem
from datalint.sources import limits
from datalint.sources.base import CHUNK_BYTES, Located
from datalint.sources.content import BLOCK, Content, Region
from datalint.sources.json_layout import WHITE
from datalint.sources.opening import first_text
from datalint.sources.readers.lines import count_lines
from datalint.support.named_tuple import NamedTuple


class OversizedLine(NamedTuple):
    """A chunk of one line of ``size`` bytes; ``ending`` is its line ending, ``blank`` is true if it is white space."""

    file: int
    path: str
    container: str
    size: int
    ending: bytes
    blank: bool

    @classmethod
    def at(cls, content: Content, start: int, stop: int, of: tuple[int, str, str]) -> OversizedLine:
        """Return the chunk of the line from ``start`` to ``stop`` of a file: its index, path and container."""
        tail = content.read(max(start, stop - 2), stop)
        ending = tail if tail == b"\r\n" else tail[-1:] if tail.endswith(b"\n") else b""
        text = first_text(content, start)
        return cls(*of, stop - start, ending, text < 0 or text >= stop)

    def load(self) -> Located:
        """Return no record, and the line as refused."""
        facts = FileFacts(self.path, self.container, size=self.size, lines=1)
        count_lines(facts, self.ending, self.ending.count(b"\n"))
        size = self.size - self.ending.endswith(b"\n")
        facts.long_lines = [(1, size)]
        if self.blank:
            facts.blank_lines = facts.first_blank = 1
        else:
            facts.rows_refused = 1
            facts.problems = [Problem("oversized-line", limits.too_large(size), 1)]
        return Located([], [], facts)


class Unread(NamedTuple):
    """A chunk of bytes in which no row is read; ``last`` is true at the end of the file.

    ``refused`` is the problem of the row that begins here, None if none does; its line is that of the row's first text.
    """

    file: int
    path: str
    container: str
    region: Region
    last: bool
    refused: Problem | None = None

    def load(self) -> Located:
        """Return no record; the bytes are read to count their lines."""
        data = self.region.read()
        newlines = data.count(b"\n")
        unfinished = self.last and not data.endswith(b"\n")
        facts = FileFacts(self.path, self.container, size=len(data), lines=newlines + unfinished)
        count_lines(facts, data, newlines)
        if self.refused is not None:
            margin = len(data) - len(data.lstrip(WHITE))
            facts.problems = [self.refused._replace(line=data.count(b"\n", 0, margin) + 1)]
            facts.rows_refused = 1
        return Located([], [], facts)


def unread(
    content: Content,
    start: int,
    stop: int,
    of: tuple[int, str, str],
    *,
    refused: Problem | None = None,
    chunk_bytes: int = CHUNK_BYTES,
) -> Iterator[Unread]:
    """Yield the chunks of bytes in which no row is read; ``of`` are the file's index, path and container.

    ``refused`` is the problem of a row that begins with them and is too large to be loaded.
    """
    while start < stop:
        end = min(start + chunk_bytes, stop)
        # A line ending is in one chunk.
        end += end < stop and content.read(end - 1, end + 1) == b"\r\n"
        yield Unread(*of, content.region(start, end), end == content.size, refused)
        start, refused = end, None


def line_ranges(content: Content, start: int, stop: int) -> Iterator[tuple[int, int, bool]]:
    """Yield ranges of lines as (start, end, whether it is one line over the limit)."""
    # A line over the limit is longer than a block, so it is never inside one.
    block_bytes = min(BLOCK, limits.MOST_ROW)
    begin = line = start
    if stop - start > limits.MOST_ROW:
        for position in range(start, stop, block_bytes):
            block = content.read(position, min(position + block_bytes, stop))
            if (first := block.find(b"\n")) >= 0:
                end = position + first
                if end - line > limits.MOST_ROW:
                    if line > begin:
                        yield begin, line, False
                    yield line, end + 1, True
                    begin = end + 1
                line = position + block.rfind(b"\n") + 1
    if stop - line > limits.MOST_ROW:
        if line > begin:
            yield begin, line, False
        yield line, stop, True
    elif begin < stop:
        yield begin, stop, False

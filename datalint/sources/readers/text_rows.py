"""Base class of the readers of plain text: rows that are lines, or blocks of lines that end at a blank line."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from datalint.records.record import FileFacts, Problem
from datalint.sources.base import CHUNK_BYTES, SourceChunk, fetch_by_loading
from datalint.sources.content import Content, Region, whole_facts
from datalint.sources.encoding import decode_legacy
from datalint.sources.json_truth.truth import not_utf8
from datalint.sources.readers.oversized import OversizedLine, line_ranges
from datalint.sources.window import one_pass


@dataclass(slots=True)
class TextRows(ABC):
    """The rows of the text ``content``, without a structure but for lines."""

    path: str
    content: Content
    original: Content
    start: int = 0
    problems: tuple[Problem, ...] = ()
    chunk_bytes: int = CHUNK_BYTES
    container: str = "text"
    _facts: FileFacts | None = field(default=None, repr=False)

    @abstractmethod
    def part(self, file: int, region: Region) -> SourceChunk:
        """Return the chunk of a range of bytes that ends after a row."""

    @abstractmethod
    def at(self, offset: int) -> dict[str, Any]:
        """Return the row that begins at an offset."""

    @abstractmethod
    def row_end(self, content: Content, position: int) -> int:
        """Return the end of the row at a position."""

    def chunks(self, file: int) -> Iterator[SourceChunk]:
        """Yield byte ranges that end after rows."""
        start = self.start
        with one_pass(self.content, self.chunk_bytes) as content:
            while start < content.size:
                stop = self.row_end(content, start + self.chunk_bytes)
                for begin, end, oversized in line_ranges(content, start, stop):
                    if oversized:
                        yield OversizedLine.at(content, begin, end, (file, self.path, self.container))
                    else:
                        yield self.part(file, content.region(begin, end))
                content.pass_over(start := stop)

    def facts(self) -> FileFacts:
        """Return size, hash and the problems of the whole file."""
        if self._facts is None:
            self._facts = whole_facts(self.path, self.container, [self.original], self.problems)
        return self._facts

    def fetch(self, rows: Sequence[int], offsets: Sequence[int] | None = None) -> list[dict[str, Any]]:
        """Read rows again; if offsets are given, only the bytes of the rows at these offsets are read."""
        if offsets is None:
            return fetch_by_loading(self, rows)
        return [self.at(int(offset)) for offset in offsets]


def decoded_lines(lines: Sequence[bytes], first: int) -> tuple[list[str] | None, Problem | None]:
    """Return the texts of lines, of which the first has a number, and the first problem with them.

    There are no texts if one of the lines has no encoding.
    """
    texts: list[str] = []
    noted: Problem | None = None
    for number, line in enumerate(lines, first):
        text, problem = decoded(line, number)
        if text is None:
            return None, problem
        noted = noted or problem
        texts.append(text)
    return texts, noted


def joined_lines(lines: Sequence[bytes], first: int) -> tuple[dict[str, Any] | None, Problem | None]:
    """Return the row of lines that are one text, of which the first has a number, and the first problem with them."""
    texts, problem = decoded_lines(lines, first)
    return None if texts is None else {"text": "\n".join(texts)}, problem


def decoded(piece: bytes, line: int) -> tuple[str | None, Problem | None]:
    """Return the text of a line, None if it has no encoding, and the problem if it is not UTF-8."""
    piece = piece.removesuffix(b"\r")
    try:
        return piece.decode("utf-8"), None
    except UnicodeDecodeError as error:
        legacy = decode_legacy(piece)
        if legacy is None:
            return None, Problem("invalid-utf8", not_utf8(piece, error), line)
        return legacy[0], Problem("wrong-encoding", f"text is {legacy[1]}, not UTF-8", line)

"""Reader of plain text: one row per line, ``{"text": line}``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from datalint.records.record import FileFacts, Problem
from datalint.sources.base import CHUNK_BYTES, Located, SourceChunk, fetch_by_loading
from datalint.sources.content import Content, Region, whole_facts
from datalint.sources.encoding import decode_legacy
from datalint.sources.json_truth.truth import not_utf8
from datalint.sources.merge import bounded
from datalint.sources.readers.ends import line_end
from datalint.sources.readers.jsonl import line_starts
from datalint.sources.readers.lines import SPACE, count_lines, long_lines, split
from datalint.sources.readers.oversized import OversizedLine, line_ranges
from datalint.sources.window import one_pass


@dataclass(slots=True)
class TextLines:
    """The lines of ``content``."""

    path: str
    content: Content
    original: Content
    start: int = 0
    problems: tuple[Problem, ...] = ()
    chunk_bytes: int = CHUNK_BYTES
    container: str = field(default="text", init=False)
    _facts: FileFacts | None = field(default=None, repr=False)

    def chunks(self, file: int) -> Iterator[SourceChunk]:
        """Yield byte ranges that end at line ends."""
        start = self.start
        with one_pass(self.content, self.chunk_bytes) as content:
            while start < content.size:
                stop = line_end(content, start + self.chunk_bytes)
                for begin, end, oversized in line_ranges(content, start, stop):
                    if oversized:
                        yield OversizedLine.at(content, begin, end, (file, self.path, self.container))
                    else:
                        yield TextChunk(file, self.path, content.region(begin, end))
                content.pass_over(start := stop)

    def facts(self) -> FileFacts:
        """Return size, hash and the problems of the whole file."""
        if self._facts is None:
            self._facts = whole_facts(self.path, "text", [self.original], self.problems)
        return self._facts

    def fetch(self, rows: Sequence[int], offsets: Sequence[int] | None = None) -> list[dict[str, Any]]:
        """Read rows again; if offsets are given, only the bytes at these offsets are read."""
        if offsets is None:
            return fetch_by_loading(self, rows)
        return [self._at(int(offset)) for offset in offsets]

    def _at(self, offset: int) -> dict[str, Any]:
        line = self.content.read(offset, line_end(self.content, offset + 1)).rstrip(b"\n")
        text, _ = decoded(line, 1)
        return {"text": text}


@dataclass(frozen=True, slots=True)
class TextChunk:
    """Lines of a text file."""

    file: int
    path: str
    region: Region

    def load(self) -> Located:
        """Return a row for each line that is not blank."""
        data = self.region.read()
        pieces = split(data)
        facts = FileFacts(self.path, "text", size=len(data), lines=len(pieces))
        count_lines(facts, data)
        facts.long_lines = long_lines(pieces, len(data))
        records: list[dict[str, Any]] = []
        where: list[int] = []
        problems: list[Problem] = []
        for index, piece in enumerate(pieces):
            if not piece.strip(SPACE):
                facts.blank_lines += 1
                facts.first_blank = facts.first_blank or index + 1
                continue
            text, problem = decoded(piece, index + 1)
            if problem:
                problems.append(problem if text is None else problem._replace(record=len(records)))
            if text is not None:
                records.append({"text": text})
                where.append(index)
        facts.rows_read = len(records)
        facts.rows_refused = len(pieces) - facts.blank_lines - len(records)
        facts.problems = bounded(problems)
        offsets = self.region.start + line_starts(pieces)[where]
        return Located(records, [index + 1 for index in where], facts, offsets=offsets.astype(np.int64))


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

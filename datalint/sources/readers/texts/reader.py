"""Reader of plain text: one row per line, ``{"text": line}``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from datalint.records.record import FileFacts, Problem
from datalint.sources.base import Located, SourceChunk
from datalint.sources.content import Content, Region
from datalint.sources.merge import bounded
from datalint.sources.readers.json_lines.ends import line_end
from datalint.sources.readers.json_lines.reader import line_starts
from datalint.sources.readers.lines import count_lines, is_blank, long_lines, split
from datalint.sources.readers.text_rows import TextRows, decoded


@dataclass(slots=True)
class TextLines(TextRows):
    """A row for each line."""

    def part(self, file: int, region: Region) -> SourceChunk:
        """Return the chunk of some lines."""
        return TextChunk(file, self.path, region)

    def row_end(self, content: Content, position: int) -> int:
        """Return the end of the line at a position."""
        return line_end(content, position)

    def at(self, offset: int) -> dict[str, Any]:
        """Return the row of the line at an offset."""
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
            if is_blank(piece):
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

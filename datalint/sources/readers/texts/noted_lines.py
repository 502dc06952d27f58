"""Reader of lines that are rows in a notation of their own, such as ``__label__music How do I tune a piano``."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Protocol

from datalint.records.record import Problem
from datalint.sources.base import Located, SourceChunk
from datalint.sources.content import Content, Region
from datalint.sources.merge import bounded
from datalint.sources.readers.json_lines.ends import line_end
from datalint.sources.readers.text_rows import TextRows, decoded
from datalint.sources.readers.texts.reader import TextChunk


class LineNotation(Protocol):
    """A notation of the lines of a file. It is picklable."""

    @property
    def container(self) -> str:
        """The name of the format."""

    @property
    def description(self) -> str:
        """A description of a row, for a note."""

    def row(self, text: str) -> dict[str, Any]:
        """Return the row of a line."""

    def oddity(self, text: str) -> str:
        """Return the oddity of a line that is read nevertheless; empty for none."""


@dataclass(slots=True)
class NotedLines(TextRows):
    """A row for each line that is not blank."""

    notation: LineNotation = field(kw_only=True)

    def part(self, file: int, region: Region) -> SourceChunk:
        """Return the chunk of some lines."""
        return NotedChunk(file, self.path, region, self.notation)

    def row_end(self, content: Content, position: int) -> int:
        """Return the end of the line at a position."""
        return line_end(content, position)

    def at(self, offset: int) -> dict[str, Any]:
        """Return the row of the line at an offset."""
        text, _ = decoded(self.content.read(offset, line_end(self.content, offset + 1)).rstrip(b"\n"), 1)
        return self.notation.row(text or "")


@dataclass(frozen=True, slots=True)
class NotedChunk:
    """Lines of a file in a notation."""

    file: int
    path: str
    region: Region
    notation: LineNotation

    def load(self) -> Located:
        """Return a row for each line that is not blank."""
        found = TextChunk(self.file, self.path, self.region).load()
        texts = [record["text"] for record in found.records]
        odd = zip(found.lines, map(self.notation.oddity, texts), strict=True)
        found.records = list(map(self.notation.row, texts))
        found.facts.container = self.notation.container
        found.facts.rows_of = self.notation.description
        more = (Problem("invalid-row", message, line, severity="warning") for line, message in odd if message)
        found.facts.problems = bounded([*found.facts.problems, *more])
        return found

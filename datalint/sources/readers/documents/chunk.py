"""Some elements of a JSON value, which are parsed together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from datalint.records.record import FileFacts, Problem
from datalint.sources.base import Located, Places
from datalint.sources.content import Region
from datalint.sources.json_layout import WHITE
from datalint.sources.json_truth.fast_path import ParsedValues, read
from datalint.sources.json_truth.raw_breaks import parse_leniently
from datalint.sources.merge import bounded
from datalint.sources.readers.documents.intents import Intents
from datalint.sources.readers.documents.listed_rows import InLists
from datalint.sources.readers.documents.unnamed_elements import Nameless
from datalint.sources.readers.json_lines.broken_lines import truncated
from datalint.sources.readers.json_lines.glued_lines import RULE as JOINED
from datalint.sources.readers.json_lines.joined_values import joined
from datalint.sources.readers.json_lines.reader import line_starts
from datalint.sources.readers.lines import count_lines
from datalint.support.garbage import paused_gc

#: The message of the file's problem about rows with strings on several lines.
_RAW_BREAK: Final = "the first record with a raw line break inside a string, written \\n in JSON"
#: The message about a row without a comma before it.
_NO_COMMA: Final = "no comma between this row and the one before it; each is read as a row"
#: The addition to a message if reading stops at a row.
NOTHING_AFTER: Final = "; nothing after this row is read"


def bare(piece: bytes) -> bytes:
    """Return an element without the white space before it, after which a byte-order mark may stand."""
    return piece.lstrip(WHITE)


@dataclass(frozen=True, slots=True)
class DocumentChunk:
    """Some elements; ``starts`` and ``stops`` are relative to the region; ``last`` is true at the end of the file.

    ``final`` is true if the last element of the file is among them, and ``broken`` if it is of a value that is not
    closed. ``follows`` is true if there is no comma before the first element.
    """

    file: int
    path: str
    container: str
    region: Region
    starts: Places
    stops: Places
    last: bool
    final: bool
    broken: bool
    nameless: Nameless | Intents | InLists | None = None
    follows: bool = False

    def load(self) -> Located:
        """Read and parse the elements; the line of a row is the one on which it begins."""
        data = self.region.read()
        newlines = np.flatnonzero(np.frombuffer(data, np.uint8) == 10)
        unfinished = self.last and not data.endswith(b"\n")
        facts = FileFacts(self.path, self.container, size=len(data), lines=len(newlines) + unfinished)
        count_lines(facts, data, len(newlines))
        pieces = [data[a:b] for a, b in zip(self.starts.tolist(), self.stops.tolist(), strict=True)]
        rows = list(map(bare, pieces))
        margins = [len(piece) - len(rest) for piece, rest in zip(pieces, rows, strict=True)]
        begins = self.starts + np.array(margins, np.int64)
        text, places = data, begins
        if self.nameless is not None:
            rows = list(map(self.nameless.row, rows, (self.region.start + self.starts).tolist()))
            text, places = b"\n".join(rows), line_starts(rows)
        lines = np.searchsorted(newlines, begins) + 1
        recovery = _Recovery(self, rows, data, begins, lines)
        with paused_gc():
            values, where = read(rows, text, places, recover=recovery, line_of=recovery.line_of)
        recovery.finish(values)
        joints = [0] * self.follows + joined(self.starts, self.stops).tolist()
        values.problems += [Problem(JOINED, _NO_COMMA, line, rewritable=True) for line in lines[joints].tolist()]
        facts.rows_read, facts.rows_refused = len(values.records), values.refused
        facts.problems = bounded(sorted(values.problems, key=lambda problem: problem.line or 0))
        offsets = self.region.start + self.starts[where]
        return Located(values.records, lines[where].tolist(), facts, values.noticed, values.structure, offsets=offsets)


class _Recovery:
    """Handles elements that orjson refuses."""

    def __init__(self, chunk: DocumentChunk, pieces: list[bytes], data: bytes, begins: Places, lines: Places) -> None:
        self.chunk = chunk
        self.pieces = pieces
        self.data = data
        self.begins = begins
        self.lines = lines
        self.stopped = False
        # The start of the line of the most recently requested element, that element, and the characters between.
        self.measured = (0, 0, 0)

    def line_of(self, index: int) -> int:
        return int(self.lines[index])

    def __call__(self, index: int, values: ParsedValues) -> int:
        piece, line = self.pieces[index], self.line_of(index)
        is_final = self.chunk.final and index == len(self.pieces) - 1
        if not piece:
            values.dropped.append(index)
            if not (self.chunk.broken and is_final):
                place = "before the closing bracket" if is_final else "with nothing before it"
                values.problems.append(Problem("invalid-json", f"not JSON: a comma {place}", line, rewritable=True))
            return 1
        found = parse_leniently(piece, lambda: self._characters_before(index))
        if not found.refused:
            if found.raw_breaks:
                values.problems.append(Problem("pretty-printed-json", _RAW_BREAK, line))
            values.keep(found, line)
            return 1
        ends_file = self.chunk.last and int(self.chunk.stops[index]) == len(self.data)
        if found.incomplete and ends_file:
            found.problems[-1] = truncated(found.problems[-1])
        values.refuse(index, found.problems, line)
        if not self.chunk.broken:
            return 1
        self.stopped = True
        problem = values.problems[-1]
        if problem.rule != "truncated-file":
            values.problems[-1] = problem._replace(message=problem.message + NOTHING_AFTER)
        values.dropped.extend(range(index + 1, len(self.pieces)))
        return len(self.pieces) - index

    def finish(self, values: ParsedValues) -> None:
        """Report that the value is not closed, unless a row reports it already."""
        if self.chunk.broken and not self.stopped:
            line = self.data.rstrip(WHITE).count(b"\n") + 1
            values.problems.append(Problem("truncated-file", "the array never ends: its ']' is missing", line))

    def _characters_before(self, index: int) -> int | None:
        """Return the number of characters before an element on its line, None if the line begins before the chunk.

        Elements are requested in order, so only the part of a long line between two elements is read.
        """
        begin = int(self.begins[index])
        line, upto, characters = self.measured
        start = self.data.rfind(b"\n", upto, begin) + 1
        if start:
            line, upto, characters = start, start, 0
        text = self.data[upto:begin].decode("utf-8", "replace")
        characters += len(text.removeprefix("\ufeff") if upto == line else text)
        self.measured = line, begin, characters
        return characters if line or not self.chunk.region.start else None

"""Reader of files with one JSON value: an array of rows, an object of splits, or a single row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

from datalint.records.record import FileFacts, Problem
from datalint.sources import limits
from datalint.sources.base import CHUNK_BYTES, Located, Places, SourceChunk, fetch_by_loading
from datalint.sources.content import BLOCK, Content, Region, whole_facts
from datalint.sources.json_layout import WHITE
from datalint.sources.json_truth.fast_path import ParsedValues, read
from datalint.sources.json_truth.raw_breaks import parse_leniently
from datalint.sources.merge import bounded
from datalint.sources.opening import Opening
from datalint.sources.readers.documents.intents import Intents
from datalint.sources.readers.documents.listed_rows import InLists
from datalint.sources.readers.documents.unnamed_elements import Nameless
from datalint.sources.readers.json_lines.broken_lines import truncated
from datalint.sources.readers.json_lines.glued_lines import RULE as JOINED
from datalint.sources.readers.json_lines.joined_values import joined
from datalint.sources.readers.json_lines.reader import line_starts
from datalint.sources.readers.lines import count_lines
from datalint.sources.readers.oversized import unread
from datalint.sources.window import one_pass
from datalint.support.garbage import paused_gc

#: The message of the file's problem about rows with strings on several lines.
_RAW_BREAK: Final = "the first record with a raw line break inside a string, written \\n in JSON"
#: The message about a row without a comma before it.
_NO_COMMA: Final = "no comma between this row and the one before it; each is read as a row"
#: The addition to a message if reading stops at a row.
NOTHING_AFTER: Final = "; nothing after this row is read"


@dataclass(slots=True)
class Document:
    """The elements ``content[starts[i]:stops[i]]`` of one JSON value; no comma is before one that begins at a stop.

    ``nameless`` is how they are read as rows if they are texts or lists instead of objects, the texts of intents, or
    rows with the name of their list. ``broken`` is true if the value is not closed; then the first element that is not
    JSON is the last one, as what follows may be a part of it. ``tail`` is where text after the value begins that is not
    read, or -1. ``refused`` counts rows that are in no chunk. ``split`` is the requested split, if it exists, ``part``
    the list that is read if there are others, and ``unread_lists`` are these. ``held_lists`` are all lists, if each is
    named after an evaluation set, or the key of a canary. ``unread_values`` are the keys of other values next to the
    lists that a user might miss.
    """

    path: str
    content: Content
    original: Content
    starts: Places
    stops: Places
    container: str = "json-array"
    problems: tuple[Problem, ...] = ()
    refused: int = 0
    broken: bool = False
    chunk_bytes: int = CHUNK_BYTES
    split: str | None = None
    part: str = ""
    held_lists: str = ""
    unread_lists: tuple[str, ...] = ()
    unread_values: tuple[str, ...] = ()
    nameless: Nameless | Intents | InLists | None = None
    tail: int = -1
    _facts: FileFacts | None = field(default=None, repr=False)

    @classmethod
    def of(
        cls,
        opening: Opening,
        starts: Places,
        stops: Places,
        problems: Sequence[Problem],
        container: str = "json-array",
        *,
        refused: int = 0,
        broken: bool = False,
        nameless: Nameless | Intents | InLists | None = None,
    ) -> Document:
        """Return the document of a file that is being opened."""
        return cls(
            opening.path,
            opening.content,
            opening.original,
            starts,
            stops,
            container=container,
            problems=tuple(problems),
            refused=refused,
            broken=broken,
            chunk_bytes=opening.chunk_bytes,
            nameless=nameless,
        )

    def chunks(self, file: int) -> Iterator[SourceChunk]:
        """Yield ranges that together cover the file; one that is not rows is not loaded with any, if it is large."""
        with one_pass(self.content, self.chunk_bytes) as content:
            yield from self._chunks(file, content)

    def _chunks(self, file: int, content: Content) -> Iterator[SourceChunk]:
        begin, first, count = 0, 0, len(self.starts)
        of = (file, self.path, self.container)
        size = min(int(self.stops[-1]) + 1, content.size) if self.broken and count else content.size
        large = np.flatnonzero(self.stops - self.starts > limits.MOST_ROW).tolist()
        while begin < size:
            begins = int(self.starts[first]) if first < count else size
            if begins - begin > self._most_between():
                yield from unread(content, begin, begins, of, chunk_bytes=self.chunk_bytes)
                content.pass_over(begins)
                begin = begins
                continue
            if large and large[0] == first and begin == begins:
                first += 1
                end = self._end(first, size)
                message = limits.too_large(int(self.stops[large.pop(0)]) - begin)
                if self.broken and first == count:
                    message += NOTHING_AFTER
                refused = Problem("oversized-line", message)
                yield from unread(content, begin, end, of, refused=refused, chunk_bytes=self.chunk_bytes)
                content.pass_over(end)
                begin = end
                continue
            after = int(np.searchsorted(self.starts, begin + self.chunk_bytes, side="right"))
            after = min(max(after, first + 1), count, *large[:1])
            end = begins if after == first else self._end(after, size)
            after = after if end < size else count  # the last element may be empty
            yield self._chunk(file, content.region(begin, end), first, after, broken=self.broken and after == count)
            content.pass_over(end)
            begin, first = end, after
        yield from unread(content, size, content.size, of, chunk_bytes=self.chunk_bytes)

    def _most_between(self) -> int:
        """Return the maximum number of bytes between two rows that are loaded with them."""
        return max(self.chunk_bytes, BLOCK)

    def _end(self, after: int, size: int) -> int:
        """Return where the next element begins after ``after`` of them, or this one ends if that is far away."""
        end = int(self.starts[after]) if after < len(self.starts) else size
        stop = int(self.stops[after - 1])
        return stop if end - stop > self._most_between() else end

    def _chunk(self, file: int, region: Region, first: int, after: int, *, broken: bool) -> DocumentChunk:
        nameless = self.nameless
        if isinstance(nameless, Intents | InLists):
            nameless = nameless.within(region.start, region.stop)
        return DocumentChunk(
            file,
            self.path,
            self.container,
            region,
            self.starts[first:after] - region.start,
            self.stops[first:after] - region.start,
            last=region.stop == self.content.size,
            final=after == len(self.starts),
            broken=broken,
            nameless=nameless,
            follows=bool(first) and int(self.starts[first]) == int(self.stops[first - 1]),
        )

    def facts(self) -> FileFacts:
        """Return size, hash and the problems of the whole file."""
        if self._facts is None:
            self._facts = whole_facts(self.path, self.container, [self.original], self.problems, self.refused)
            self._facts.part = self.part
            self._facts.held_lists = self.held_lists
        return self._facts

    def fetch(self, rows: Sequence[int], offsets: Sequence[int] | None = None) -> list[dict[str, Any]]:
        """Read records again; if offsets are given, only their elements are read."""
        if offsets is None:
            return fetch_by_loading(self, rows)
        indices = np.searchsorted(self.starts, np.asarray(offsets, np.int64)).tolist()
        spans = [(int(self.starts[i]), int(self.stops[i])) for i in indices]
        pieces = ((_bare(self.content.read(start, stop)), start) for start, stop in spans)
        return [parse_leniently(self.row_of(piece, start)).value for piece, start in pieces]

    def row_of(self, element: bytes, start: int) -> bytes:
        """Return the JSON object that the element that begins at ``start`` is read as."""
        return element if self.nameless is None else self.nameless.row(element, start)


def _bare(piece: bytes) -> bytes:
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
        bare = list(map(_bare, pieces))
        margins = [len(piece) - len(rest) for piece, rest in zip(pieces, bare, strict=True)]
        begins = self.starts + np.array(margins, np.int64)
        text, places = data, begins
        if self.nameless is not None:
            bare = list(map(self.nameless.row, bare, (self.region.start + self.starts).tolist()))
            text, places = b"\n".join(bare), line_starts(bare)
        lines = np.searchsorted(newlines, begins) + 1
        recovery = _Recovery(self, bare, data, begins, lines)
        with paused_gc():
            values, where = read(bare, text, places, recover=recovery, line_of=recovery.line_of)
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

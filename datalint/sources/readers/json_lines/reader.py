"""Reader of JSON Lines: byte ranges of a file that are read independently."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import field
from typing import TYPE_CHECKING, Any, BinaryIO, overload

import numpy as np

from datalint.records.lazy_rows import Records
from datalint.records.record import FileFacts, Problem
from datalint.records.structure import Structure
from datalint.sources.base import CHUNK_BYTES, Located, Places, SourceChunk, fetch_by_loading
from datalint.sources.content import Content, Region, whole_facts
from datalint.sources.json_truth.fast_path import ParsedValues, read, read_others, reread
from datalint.sources.limits import within_limits
from datalint.sources.merge import bounded
from datalint.sources.readers.json_lines.broken_lines import Recovery
from datalint.sources.readers.json_lines.ends import BETWEEN, chunk_end, group_end, line_end
from datalint.sources.readers.json_lines.glued_lines import apart, first_row_on
from datalint.sources.readers.json_lines.joined_lines import read_group
from datalint.sources.readers.json_lines.right_brackets import right_brackets
from datalint.sources.readers.json_lines.row_keys import RowKeys
from datalint.sources.readers.lines import GAP, MOST, count_lines, long_lines, split
from datalint.sources.readers.oversized import OversizedLine, line_ranges
from datalint.sources.window import one_pass
from datalint.support.classes import mutable
from datalint.support.garbage import paused_gc
from datalint.support.named_tuple import NamedTuple

if TYPE_CHECKING:
    from datalint.sources.scanner.scanning import ScannedChunk

#: First rows of a file in which question marks are counted, those that show whether there are any, and the characters.
_SAMPLE = 500
_LOOKED_AT = 5
_CHARS = 200
#: The problem of JSON Lines under another name.
WRONG_NAME = Problem("wrong-extension", "JSON Lines in a file named .json: name it .jsonl", severity="info")


@mutable
class JsonLines:
    """JSON Lines in ``content``; ``original`` is the stored file, None for rows without a file.

    ``refused`` counts lines that are not in ``content``.
    """

    path: str
    content: Content
    original: Content | None
    start: int = 0
    container: str = "jsonl"
    problems: tuple[Problem, ...] = ()
    chunk_bytes: int = CHUNK_BYTES
    refused: int = 0
    _facts: FileFacts | None = field(default=None, repr=False)

    def chunks(self, file: int) -> Iterator[SourceChunk]:
        """Yield byte ranges that end at line ends and, if possible, between two objects."""
        start = self.start
        with one_pass(self.content, self.chunk_bytes) as content:
            keys = RowKeys.of(content, start)
            while start < content.size:
                stop = chunk_end(content, start, self.chunk_bytes)
                for begin, end, oversized in line_ranges(content, start, stop):
                    if oversized:
                        yield OversizedLine.at(content, begin, end, (file, self.path, self.container))
                    else:
                        region = content.region(begin, end)
                        last = end == content.size
                        yield JsonLinesChunk(file, self.path, self.container, region, last, keys)
                content.pass_over(start := stop)

    def facts(self) -> FileFacts:
        """Return size, hash and the problems of the whole file."""
        if self._facts is None:
            originals = [self.original] if self.original else []
            self._facts = whole_facts(self.path, self.container, originals, self.problems, self.refused)
        return self._facts

    def fetch(self, rows: Sequence[int], offsets: Sequence[int] | None = None) -> list[dict[str, Any]]:
        """Read records again; if offsets are given, only the bytes at these offsets are read."""
        if offsets is None:
            return fetch_by_loading(self, rows)
        with self.content.open() as file:
            return [self._of(line, offset) for line, offset in lines_at(file, offsets)]

    def _of(self, line: bytes, offset: int) -> dict[str, Any]:
        record = reread(line)
        if record is None and (first := first_row_on(line)):
            record = reread(first)
        if record is not None:
            return record
        pieces = split(self.content.read(offset, line_end(self.content, offset + 1, BETWEEN)))
        found, _ = read_group(pieces[: group_end(pieces, 0)])
        return found.value if not found.refused else reread(right_brackets(line) or b"")  # type: ignore[return-value]


def lines_at(file: BinaryIO, offsets: Sequence[int]) -> Iterator[tuple[bytes, int]]:
    """Yield the lines that begin at ``offsets``; lines close to each other, in ascending order, are read together."""
    done = 0
    while done < len(offsets):
        begin, stop = offsets[done], done + 1
        while stop < len(offsets) and 0 <= offsets[stop] - offsets[stop - 1] <= GAP and offsets[stop] - begin < MOST:
            stop += 1
        file.seek(begin)
        data = file.read(offsets[stop - 1] - begin) + file.readline()
        for offset in offsets[done:stop]:
            end = data.find(b"\n", offset - begin)
            yield data[offset - begin : end if end >= 0 else len(data)], offset
        done = stop


class JsonLinesChunk(NamedTuple):
    """Lines of a file; ``last`` is true for the last lines of the file, and ``keys`` are those of its first rows."""

    file: int
    path: str
    container: str
    region: Region
    last: bool
    keys: RowKeys = RowKeys()

    def load(self, scan: Callable[[bytes], ScannedChunk | None] | None = None) -> Located:
        """Read and parse the lines; if ``scan`` can read most of them, only the remaining lines are parsed."""
        data = self.region.read()
        found = None if scan is None else scan(data)
        if found is not None and (located := self._scanned(data, found)) is not None:
            return located
        pieces = split(data)
        facts = self._facts(data, pieces)
        starts = line_starts(pieces)
        recovery = Recovery(pieces, self.last, facts, self.keys)
        with paused_gc():
            values, where = read(pieces, data, starts, recover=recovery, line_of=recovery.line_of)
        if recovery.glued:
            return self._with_rows_apart(data, pieces, starts, recovery)
        return self._located(values.records, values, where, facts, starts, values.structure)

    def _with_rows_apart(self, data: bytes, pieces: list[bytes], starts: Places, before: Recovery) -> Located:
        """Read the lines again, those with several rows as these."""
        facts = self._facts(data, pieces)
        rows, places, lines = apart(pieces, starts, before.glued)
        recovery = Recovery(rows, self.last, facts, self.keys, lines)
        with paused_gc():
            values, where = read(rows, data, places, recover=recovery, line_of=recovery.line_of)
        values.problems += before.joints
        return self._located(values.records, values, where, facts, places, values.structure, lines)

    def _scanned(self, data: bytes, scan: ScannedChunk) -> Located | None:
        """Parse the lines with another layout, and combine all lines; None if that is not possible."""
        pieces = Lines(data, scan.starts, scan.stops)
        if within_limits(pieces, int((scan.stops - scan.starts).max(initial=0))) is not pieces:
            return None
        facts = self._facts(data, pieces)
        recovery = Recovery(pieces, self.last, facts, self.keys)
        found = read_others(pieces, scan.matched, recover=recovery, line_of=lambda piece: piece + 1)
        if found is None or recovery.glued:
            return None
        values, where = found
        known = scan.matched[where]
        rows = np.flatnonzero(~known).tolist()
        others = [values.records[row] for row in rows]
        parsed: list[dict[str, Any] | None] = [None] * len(where)
        for row, record in zip(rows, others, strict=True):
            parsed[row] = record
        hashes = np.zeros(len(where), np.uint64)
        hashes[known] = scan.hashes
        records = Records(data, scan.starts[where], scan.stops[where], parsed, hashes)
        structure = Structure(others, rows, scan.cells(np.flatnonzero(known), records))
        return self._located(records, values, where, facts, scan.starts, structure)

    def _facts(self, data: bytes, pieces: Sequence[bytes]) -> FileFacts:
        facts = FileFacts(self.path, self.container, size=len(data), lines=len(pieces))
        count_lines(facts, data)
        facts.long_lines = long_lines(pieces, len(data))
        return facts

    def _located(
        self,
        records: Sequence[dict[str, Any]],
        values: ParsedValues,
        where: Places,
        facts: FileFacts,
        starts: Places,
        structure: Structure | None,
        lines: Places | None = None,
    ) -> Located:
        lines = np.arange(1, len(starts) + 1) if lines is None else lines
        facts.rows_read = len(records)
        facts.rows_refused = values.refused
        lost = () if self.region.start or not len(records) else _lost_letters(records[:_SAMPLE], int(lines[where[0]]))
        facts.problems = bounded(sorted([*values.problems, *lost], key=lambda problem: problem.line or 0))
        offsets = self.region.start + starts[where]
        return Located(records, lines[where].tolist(), facts, values.noticed, structure, offsets=offsets)


def _lost_letters(records: Sequence[dict[str, Any]], line: int) -> Iterable[Problem]:
    """Return the problems of keys under which question marks stand in place of letters, in the first rows of a file."""
    texts = [key for key, value in records[0].items() if isinstance(value, str)]
    few = (record.get(key) for record in records[:_LOOKED_AT] for key in texts)
    if not any(isinstance(value, str) and value and set(value[:_CHARS]) <= {"?", " "} for value in few):
        return ()
    from datalint.privacy.json_paths import json_path
    from datalint.sources.readers.lost_letters import lost_letters

    rows = [[value if isinstance(value := record.get(key), str) else "" for key in texts] for record in records]
    return (each._replace(path=json_path((each.path or "",))) for each in lost_letters(texts, rows, line))


class Lines(Sequence[bytes]):
    """A lazy sequence of the lines of ``data``."""

    def __init__(self, data: bytes, starts: Places, stops: Places) -> None:
        self._data = data
        self._starts = starts
        self._stops = stops

    def __len__(self) -> int:
        return len(self._starts)

    @overload
    def __getitem__(self, index: int) -> bytes: ...

    @overload
    def __getitem__(self, index: slice) -> list[bytes]: ...

    def __getitem__(self, index: int | slice) -> bytes | list[bytes]:
        if isinstance(index, slice):
            return [self[each] for each in range(*index.indices(len(self)))]
        return self._data[self._starts[index] : self._stops[index]]


def line_starts(pieces: list[bytes]) -> Places:
    """Return the byte offset of each line."""
    sizes = np.fromiter(map(len, pieces), np.int64, len(pieces)) + 1
    return np.cumsum(sizes) - sizes

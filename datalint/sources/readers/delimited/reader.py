"""Reader of CSV and TSV files: one row per record, with or without a header; quoted fields may contain line breaks.

A record that does not fit the header is refused under ``invalid-row``, the rule for rows that cannot be read. If the
user chose a separator that does not fit the file, that is a single problem of the file instead.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from datalint.core.table_format import TableFormat
from datalint.records.record import FileFacts, Problem
from datalint.sources import limits
from datalint.sources.base import CHUNK_BYTES, Located, SourceChunk, fetch_by_loading
from datalint.sources.content import Content, Region, whole_facts
from datalint.sources.header_names import is_header_again
from datalint.sources.merge import bounded
from datalint.sources.readers.cells.values import CellValues, row_of
from datalint.sources.readers.delimited.dialect import AFTER_RETURN, Dialect, RepairedFields, ReturnFields, records
from datalint.sources.readers.delimited.divided_rows import DividedRows
from datalint.sources.readers.delimited.last_fields import Widths, fitted
from datalint.sources.readers.delimited.long_records import can_read, is_long, long_records
from datalint.sources.readers.delimited.record_ends import record_ends
from datalint.sources.readers.delimited.row_problems import (
    CONFLICT_MARKERS,
    CURLY,
    ELSEWHERE,
    ENDLESS,
    HALF_ESCAPED,
    NOT_UTF8,
    UNNAMED,
    conflict_marker,
    first_bad,
    is_encodable,
    odd,
    unreadable,
    wrong_width,
)
from datalint.sources.readers.delimited.separators import USUAL
from datalint.sources.readers.delimited.swallowed_rows import Swallowed, with_spans
from datalint.sources.readers.lines import count_lines, long_lines, runs, split
from datalint.sources.readers.oversized import unread
from datalint.sources.window import one_pass


@dataclass(slots=True)
class Delimited:
    """The records of a CSV or TSV file.

    ``header`` contains the names of the columns; ``headed`` is true if it is the first record. ``misread`` is true if
    the separator was given and does not fit; then records of other lengths are not separate problems, and if there is
    no header either, no record is a row. ``preamble`` is
    the number of bytes before ``start`` that belong to lines of text, and to no record. ``valued`` are the columns
    of values that are no text. ``widths`` is None if each row has as many fields as the header.
    """

    path: str
    container: str
    content: Content
    original: Content
    start: int
    dialect: Dialect
    header: tuple[str, ...]
    headed: bool = True
    misread: bool = False
    preamble: int = 0
    valued: tuple[CellValues, ...] = ()
    widths: Widths | None = None
    problems: tuple[Problem, ...] = ()
    chunk_bytes: int = CHUNK_BYTES
    _facts: FileFacts | None = field(default=None, repr=False)
    #: The beginning of each record that is not blank, and the end of the file.
    _places: NDArray[np.int64] | None = field(default=None, repr=False, compare=False)

    def chunks(self, file: int) -> Iterator[SourceChunk]:
        """Yield ranges that end between records; a large file is parsed once here to find their ends."""
        of = (file, self.path, self.container)
        with one_pass(self.content, self.chunk_bytes) as content:
            for start, stop, first, refused in self._ranges(content):
                if refused is not None:
                    yield from unread(content, start, stop, of, refused=refused, chunk_bytes=self.chunk_bytes)
                else:
                    before = self.preamble if start == self.start else 0
                    yield DelimitedChunk(
                        *of,
                        content.region(start - before, stop),
                        self.dialect,
                        self.header,
                        self.headed and start == self.start,
                        self.misread,
                        first,
                        before,
                        self.valued,
                        self.widths,
                    )
                content.pass_over(stop)

    def _ranges(self, content: Content) -> Iterator[tuple[int, int, int, Problem | None]]:
        """Yield (start, end, number of the first row, problem) of ranges; one with a problem is a row over a limit."""
        size = content.size
        if size - self.start <= min(self.chunk_bytes, limits.MOST_ROW):
            yield self.start, size, 0, None
            return
        start = before = self.start
        first = count = 0
        places = array("q")
        for end in record_ends(content, start, self.dialect):
            count += end.filled
            if end.filled:
                places.append(before)
            if end.filled and end.stop - before > limits.MOST_ROW:
                if before > start:
                    yield start, before, first, None
                rule, message = "oversized-line", limits.too_large(end.stop - before)
                if end.endless:
                    rule, message = "truncated-file", ENDLESS
                yield before, end.stop, first, Problem(rule, message)
                start, first = end.stop, count - self.headed
            # The first range contains the first record, which may come after any number of blank lines.
            elif count and end.stop - start >= self.chunk_bytes:
                yield start, end.stop, first, None
                start, first = end.stop, count - self.headed
            before = end.stop
        self._places = np.append(np.frombuffer(places, np.int64), size)[self.headed :]
        if start < size:
            yield start, size, first, None

    @property
    def above(self) -> bytes:
        """The lines of text before the first record."""
        return self.content.read(self.start - self.preamble, self.start)

    @property
    def detected(self) -> TableFormat:
        """The parts of the format that were detected and differ from those that the file's name implies."""
        usual = self.dialect.delimiter == USUAL[self.container]
        return TableFormat(
            None if usual else self.dialect.delimiter,
            "'" if self.dialect.quote == "'" else None,
            None if self.headed else False,
        )

    def facts(self) -> FileFacts:
        """Return size, hash and the problems of the whole file."""
        if self._facts is None:
            self._facts = whole_facts(self.path, self.container, [self.original], self.problems)
        return self._facts

    def fetch(self, rows: Sequence[int], offsets: Sequence[int] | None = None) -> list[dict[str, Any]]:
        """Read rows again; once all chunks were read, only the records of these rows are."""
        if offsets is None:
            return fetch_by_loading(self, rows)
        wanted = {int(offset) for offset in offsets}
        found = self._at(sorted(wanted))
        for chunk in self.chunks(0) if len(found) < len(wanted) else ():
            raw = chunk.load()
            ordinals = raw.offsets.tolist()
            found.update((o, row) for o, row in zip(ordinals, raw.records, strict=True) if o in wanted)
            if len(found) == len(wanted):
                break
        return [found[int(offset)] for offset in offsets]

    def _at(self, ordinals: list[int]) -> dict[int, dict[str, Any]]:
        """Return records by their numbers, in ascending order; those next to each other are read together."""
        found: dict[int, dict[str, Any]] = {}
        places = self._places
        if places is None:
            return found
        with self.content.open() as file:
            for numbers in runs(ordinals, places):
                begin, end = int(places[numbers[0]]), int(places[numbers[-1] + 1])
                file.seek(begin)
                read = records(split(file.read(end - begin)), self.dialect)
                filled = [fields for _, fields in read if fields]
                for number in numbers:
                    fields = next(iter(filled[number - numbers[0] :]), "")
                    row = fitted(fields, len(self.header), self.widths) if isinstance(fields, list) else None
                    if row is not None:
                        found[number] = row_of(self.header, row, self.valued)
        return found


@dataclass(frozen=True, slots=True)
class DelimitedChunk:
    """Records of a file; ``begins`` is true if they begin with the header, ``first`` is the number of the first row.

    For ``misread``, ``preamble``, ``valued`` and ``widths``, see :class:`Delimited`.
    """

    file: int
    path: str
    container: str
    region: Region
    dialect: Dialect
    header: tuple[str, ...]
    begins: bool
    misread: bool
    first: int
    preamble: int = 0
    valued: tuple[CellValues, ...] = ()
    widths: Widths | None = None

    def load(self) -> Located:
        """Parse the records; each record that fits the header becomes a dict of strings."""
        data = self.region.read()
        pieces = split(data)
        facts = FileFacts(self.path, self.container, size=len(data), lines=len(pieces))
        above = data.count(b"\n", 0, self.preamble)
        count_lines(facts, data)
        facts.long_lines = long_lines(pieces, len(data))
        may_be_odd = any(sign in data for sign in (UNNAMED, CURLY, HALF_ESCAPED))
        if is_long(pieces, len(data)) and can_read(self.dialect):
            del pieces[:]  # of a long record, every copy counts
            data = data[self.preamble :] if self.preamble else data
            found = long_records(data, self.dialect)
        else:
            data = b""
            found = records(pieces[above:] if above else pieces, self.dialect)
        rows: list[dict[str, Any]] = []
        raw = Located(rows, [], facts)
        offsets: list[int] = []
        ordinal = self.first
        header_due = self.begins
        swallowed = Swallowed(self.dialect.delimiter)
        divided = DividedRows(len(self.header))
        for line, fields, span in with_spans(found):
            line += above
            if not fields:
                facts.blank_lines += 1
                facts.first_blank = facts.first_blank or line
            elif header_due:
                header_due = False
            else:
                written = fields
                if isinstance(fields, ReturnFields) and not fields.fit(len(self.header)):
                    fields = AFTER_RETURN
                elif isinstance(fields, list):
                    fields = fitted(fields, len(self.header), self.widths) or fields
                problem = divided.problem(fields, self._problem(fields, line), line)
                if problem is None:
                    if may_be_odd or isinstance(written, RepairedFields):
                        facts.problems += odd(written, line, len(rows))
                    rows.append(row_of(self.header, fields, self.valued))
                    raw.lines.append(line)
                    swallowed.add(line, fields, span)
                    offsets.append(ordinal)
                elif problem is NOT_UTF8:
                    pieces = pieces or split(data)
                    facts.problems.append(first_bad(pieces, line))
                elif problem is not ELSEWHERE:
                    facts.problems.append(problem)
                ordinal += 1
        facts.rows_read = len(rows)
        facts.rows_refused = ordinal - self.first - facts.rows_read
        facts.problems = bounded([*facts.problems, *swallowed.problems()])
        raw.offsets = np.array(offsets, np.int64)
        return raw

    def _problem(self, fields: list[str] | str, line: int) -> Problem | None:
        if isinstance(fields, str):
            return unreadable(fields, line) if self.header else ELSEWHERE
        if fields[0][:8] in CONFLICT_MARKERS and not any(fields[1:]):
            return conflict_marker(line)
        if len(fields) != len(self.header):
            if self.misread:
                return ELSEWHERE
            return wrong_width(len(fields), self.header, self.dialect.delimiter, line)
        if fields[-1] == self.header[-1] and is_header_again(fields, self.header):
            return Problem("invalid-row", "the header again: files were joined with their headers", line)
        if self.dialect.codec == "utf-8" and not all(map(is_encodable, fields)):
            return NOT_UTF8
        return None

"""Reader of CSV and TSV files: one row per record, with or without a header; quoted fields may contain line breaks.

A record that does not fit the header is refused under ``invalid-json``, the rule for rows that cannot be read. If the
user chose a separator that does not fit the file, that is a single problem of the file instead.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

from datalint.core.table_format import TableFormat
from datalint.privacy.display import printable
from datalint.records.record import FileFacts, Problem
from datalint.sources import limits
from datalint.sources.base import CHUNK_BYTES, Chunk, Located, fetch_by_loading
from datalint.sources.content import Content, Region, whole_facts
from datalint.sources.json_truth.truth import not_utf8
from datalint.sources.merge import bounded
from datalint.sources.readers.dialect import Dialect, records
from datalint.sources.readers.lines import count_lines, long_lines, split
from datalint.sources.readers.long_records import can_read, is_long, long_records
from datalint.sources.readers.oversized import unread
from datalint.sources.readers.record_ends import record_ends
from datalint.sources.readers.separators import USUAL


@dataclass(slots=True)
class Delimited:
    """The records of a CSV or TSV file.

    ``header`` contains the names of the columns; ``headed`` is true if it is the first record. ``misread`` is true if
    the separator was given and does not fit; then records of other lengths are not separate problems.
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
    problems: tuple[Problem, ...] = ()
    chunk_bytes: int = CHUNK_BYTES
    _facts: FileFacts | None = field(default=None, repr=False)

    def chunks(self, file: int) -> Iterator[Chunk]:
        """Yield ranges that end between records; a large file is parsed once here to find their ends."""
        of = (file, self.path, self.container)
        for start, stop, first, refused in self._ranges():
            if refused is not None:
                yield from unread(self.content, start, stop, of, refused=refused, chunk_bytes=self.chunk_bytes)
                continue
            region = self.content.region(start, stop)
            yield DelimitedChunk(
                file,
                self.path,
                self.container,
                region,
                self.dialect,
                self.header,
                self.headed and start == self.start,
                self.misread,
                first,
            )

    def _ranges(self) -> Iterator[tuple[int, int, int, Problem | None]]:
        """Yield (start, end, number of the first row, problem) of ranges; one with a problem is a row over a limit."""
        size = self.content.size
        if size - self.start <= min(self.chunk_bytes, limits.MOST_ROW):
            yield self.start, size, 0, None
            return
        start = before = self.start
        first = count = 0
        for end in record_ends(self.content, start, self.dialect):
            if end.stop - before > limits.MOST_ROW and end.filled:
                if before > start:
                    yield start, before, first, None
                message = limits.too_large(end.stop - before) if not end.endless else _ENDLESS
                yield before, end.stop, first, Problem("truncated-file" if end.endless else "oversized-line", message)
                count += 1
                start, first = end.stop, count - self.headed
            else:
                count += end.filled
                # The first range contains the first record, which may come after any number of blank lines.
                if count and end.stop - start >= self.chunk_bytes:
                    yield start, end.stop, first, None
                    start, first = end.stop, count - self.headed
            before = end.stop
        if start < size:
            yield start, size, first, None

    @property
    def detected(self) -> TableFormat:
        """What was detected of the format that a reader who goes by the name would take otherwise."""
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
        """Read rows again by loading the chunks that contain them."""
        if offsets is None:
            return fetch_by_loading(self, rows)
        wanted = {int(offset) for offset in offsets}
        found: dict[int, dict[str, Any]] = {}
        for chunk in self.chunks(0):
            raw = chunk.load()
            ordinals = raw.offsets.tolist()
            found.update((o, row) for o, row in zip(ordinals, raw.records, strict=True) if o in wanted)
            if len(found) == len(wanted):
                break
        return [found[int(offset)] for offset in offsets]


@dataclass(frozen=True, slots=True)
class DelimitedChunk:
    """Records of a file; ``begins`` is true if they begin with the header, ``first`` is the number of the first row.

    For ``misread``, see :class:`Delimited`.
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

    def load(self) -> Located:
        """Parse the records; each record that fits the header becomes a dict of strings."""
        data = self.region.read()
        pieces = split(data)
        facts = FileFacts(self.path, self.container, size=len(data), lines=len(pieces))
        count_lines(facts, data)
        facts.long_lines = long_lines(pieces, len(data))
        if is_long(pieces, len(data)) and can_read(self.dialect):
            del pieces[:]  # of a long record, every copy counts
            found = long_records(data, self.dialect)
        else:
            data = b""
            found = records(pieces, self.dialect)
        rows: list[dict[str, Any]] = []
        raw = Located(rows, [], facts)
        offsets: list[int] = []
        ordinal = self.first
        header_due = self.begins
        for line, fields in found:
            if not fields:
                facts.blank_lines += 1
                facts.first_blank = facts.first_blank or line
            elif header_due:
                header_due = False
            else:
                problem = self._problem(fields, line)
                if problem is None:
                    rows.append(dict(zip(self.header, fields, strict=True)))
                    raw.lines.append(line)
                    offsets.append(ordinal)
                elif problem is _NOT_UTF8:
                    pieces = pieces or split(data)
                    facts.problems.append(_first_bad(pieces, line))
                elif problem is not _ELSEWHERE:
                    facts.problems.append(problem)
                ordinal += 1
        facts.rows_read = len(rows)
        facts.rows_refused = ordinal - self.first - facts.rows_read
        facts.problems = bounded(facts.problems)
        raw.offsets = np.array(offsets, np.int64)
        return raw

    def _problem(self, fields: list[str] | str, line: int) -> Problem | None:
        if isinstance(fields, str):
            rule, message = _ERRORS.get(fields.split(" (")[0], ("invalid-json", f"not CSV: {printable(fields)}"))
            return Problem(rule, message, line)
        if len(fields) != len(self.header):
            if self.misread:
                return _ELSEWHERE
            number = f"{len(fields)} field{'s' * (len(fields) != 1)}"
            return Problem("invalid-json", f"not CSV: the row has {number}, the header has {len(self.header)}", line)
        if self.dialect.codec == "utf-8" and not all(map(_is_encodable, fields)):
            return _NOT_UTF8
        return None


#: A placeholder for problems that are covered by the problem of the file.
_ELSEWHERE: Final = Problem("wrong-delimiter", "")
#: A problem whose line is still to be found.
_NOT_UTF8: Final = Problem("invalid-utf8", "not UTF-8")
_ENDLESS: Final = "a quoted field of this row never ends"
_ERRORS: Final = {
    "unexpected end of data": ("truncated-file", _ENDLESS),
    "',' expected after '\"'": (
        "invalid-json",
        'not CSV: text after a closing quote (a quote inside a field is written "")',
    ),
    "new-line character seen in unquoted field": ("invalid-json", "not CSV: a bare carriage return in a field"),
}


def _is_encodable(text: str) -> bool:
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _first_bad(pieces: list[bytes], line: int) -> Problem:
    for number in range(line, len(pieces) + 1):
        try:
            pieces[number - 1].decode("utf-8")
        except UnicodeDecodeError as error:
            return Problem("invalid-utf8", not_utf8(pieces[number - 1], error), number)
    return Problem("invalid-utf8", "not UTF-8", line)

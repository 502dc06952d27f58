"""Reader of CSV and TSV files: one row per record, with or without a header; quoted fields may contain line breaks.

A record that does not fit the header is refused under ``invalid-json``, the rule for rows that cannot be read. If the
user chose a separator that does not fit the file, that is a single problem of the file instead.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

from datalint.core.errors import DatalintError
from datalint.core.table_format import TableFormat
from datalint.privacy.display import excerpt, printable
from datalint.records.record import FileFacts, Problem
from datalint.sources.base import CHUNK_BYTES, Chunk, Located, fetch_by_loading
from datalint.sources.content import Content, Region, whole_facts
from datalint.sources.json_truth.truth import not_utf8
from datalint.sources.merge import bounded
from datalint.sources.readers.dialect import Dialect, find_codec, records
from datalint.sources.readers.header import why_data
from datalint.sources.readers.lines import count_lines, long_lines, split
from datalint.sources.readers.separators import USUAL, Fit, find_dialect, named


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
        for start, stop, first in self._ranges():
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

    def _ranges(self) -> Iterator[tuple[int, int, int]]:
        size = self.content.size
        if size - self.start <= self.chunk_bytes:
            yield self.start, size, 0
            return
        start = position = self.start
        first = count = 0
        read = [0]

        def counted() -> Iterator[bytes]:
            for line in self.content.lines_from(self.start):
                read[0] += len(line) + 1
                yield line

        for _, fields in records(counted(), self.dialect):
            count += fields != []
            position = min(self.start + read[0], size)
            # The first range contains the first record, which may come after any number of blank lines.
            if count and position - start >= self.chunk_bytes:
                yield start, position, first
                start, first = position, count - self.headed
        if start < size:
            yield start, size, first

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
        del data  # the code below makes several copies of a long line
        rows: list[dict[str, Any]] = []
        raw = Located(rows, [], facts)
        offsets: list[int] = []
        ordinal = self.first
        header_due = self.begins
        for line, fields in records(pieces, self.dialect):
            if not fields:
                facts.blank_lines += 1
                facts.first_blank = facts.first_blank or line
            elif header_due:
                header_due = False
            else:
                problem = self._problem(fields, pieces, line)
                if problem is None:
                    rows.append(dict(zip(self.header, fields, strict=True)))
                    raw.lines.append(line)
                    offsets.append(ordinal)
                elif problem is not _ELSEWHERE:
                    facts.problems.append(problem)
                ordinal += 1
        facts.rows_read = len(rows)
        facts.rows_refused = ordinal - self.first - facts.rows_read
        facts.problems = bounded(facts.problems)
        raw.offsets = np.array(offsets, np.int64)
        return raw

    def _problem(self, fields: list[str] | str, pieces: list[bytes], line: int) -> Problem | None:
        if isinstance(fields, str):
            rule, message = _ERRORS.get(fields.split(" (")[0], ("invalid-json", f"not CSV: {printable(fields)}"))
            return Problem(rule, message, line)
        if len(fields) != len(self.header):
            if self.misread:
                return _ELSEWHERE
            number = f"{len(fields)} field{'s' * (len(fields) != 1)}"
            return Problem("invalid-json", f"not CSV: the row has {number}, the header has {len(self.header)}", line)
        if self.dialect.codec == "utf-8" and not all(map(_is_encodable, fields)):
            return _first_bad(pieces, line)
        return None


#: A placeholder for problems that are covered by the problem of the file.
_ELSEWHERE: Final = Problem("wrong-delimiter", "")
_ERRORS: Final = {
    "unexpected end of data": ("truncated-file", "a quoted field of this row never ends"),
    "',' expected after '\"'": (
        "invalid-json",
        'not CSV: text after a closing quote (a quote inside a field is written "")',
    ),
    "new-line character seen in unquoted field": ("invalid-json", "not CSV: a bare carriage return in a field"),
}


def _repeated(name: str, line: int) -> Problem:
    message = f'the header names "{excerpt(name, 40)}" twice; the later column is read as "{excerpt(name, 40)}_2"'
    return Problem("duplicate-key", message, line)


def _is_encodable(text: str) -> bool:
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _first_bad(pieces: list[bytes], line: int) -> Problem:
    for number, piece in enumerate(pieces[line - 1 :], line):
        try:
            piece.decode("utf-8")
        except UnicodeDecodeError as error:
            return Problem("invalid-utf8", not_utf8(piece, error), number)
    return Problem("invalid-utf8", "not UTF-8", line)


def open_delimited(
    path: str,
    container: str,
    content: Content,
    original: Content,
    *,
    start: int,
    problems: tuple[Problem, ...],
    given: TableFormat,
    chunk_bytes: int = CHUNK_BYTES,
) -> Delimited:
    """Detect the format of the file and read its header; raises DatalintError if that is not possible."""
    codec, noted = find_codec(content, start)
    fit, better = find_dialect(content, start, container, codec, given)
    dialect = fit.dialect
    line, head = next((each for each in records(content.lines_from(start), dialect) if each[1]), (1, []))
    if isinstance(head, str) and head.startswith("new-line character"):
        raise DatalintError(f"{path}: its lines end in a carriage return only: write them with line feeds")
    if isinstance(head, str):
        raise DatalintError(f"{path}: the header is not {container.upper()} ({printable(head)}): quote its fields")
    headless = _headless(fit, given)
    if given.header is False or headless is not None:
        names: tuple[str, ...] = tuple(f"column-{place}" for place in range(1, len(head) + 1))
    else:
        names, repeated = _names(head)
        noted = (*noted, *(_repeated(name, line) for name in repeated))
    noted = (*noted, *_on_format(container, fit, better, headless, given))
    found = Delimited(
        path,
        container,
        content,
        original,
        start,
        dialect,
        names,
        headed=given.header is not False and headless is None,
        misread=better is not None,
        problems=(*problems, *noted),
        chunk_bytes=chunk_bytes,
    )
    if found.headed and not any(fields for _, fields in _after_header(found)):
        found.problems = (*found.problems, Problem("empty-file", "a header and no record"))
    return found


def _headless(fit: Fit, given: TableFormat) -> Problem | None:
    """Return the problem that the first record is no header, None where it is one or the user says so."""
    if given.header is not None or not fit.rows:
        return None
    line, head = fit.rows[0]
    rows = [fields for _, fields in fit.rows[1:] if isinstance(fields, list) and len(fields) == fit.width]
    reason = why_data(head, rows) if isinstance(head, list) else None
    if reason is None:
        return None
    columns = "column-1" if fit.width == 1 else f"column-1 to column-{fit.width}"
    message = f"the first record is no header ({reason}); the columns are read as {columns}; --header if it is one"
    return Problem("headerless-table", message, line)


def _on_format(
    container: str, fit: Fit, better: Fit | None, headless: Problem | None, given: TableFormat
) -> Iterator[Problem]:
    """Yield the problems with separator, quotes and header."""
    if headless is not None:
        yield headless
    if better is not None:
        option = named(better.dialect.delimiter)
        odd = fit.odd
        fields = f"line {odd[0]} has {odd[1]:,} fields, the header {fit.width:,}; " if odd is not None else ""
        message = f"{fields}the file looks separated by {_shown(option)}: --delimiter {_typed(option)}"
        yield Problem("wrong-delimiter", message, odd[0] if odd is not None else fit.rows[0][0])
        return
    used, usual = fit.dialect.delimiter, USUAL[container]
    if given.delimiter is None and used != usual:
        message = f"fields are separated by {_shown(named(used))} instead of {_shown(named(usual))}, and read so"
        yield Problem("wrong-delimiter", message, fit.rows[0][0], severity="warning")
    if given.quote is None and fit.dialect.quote == "'":
        message = "fields are quoted with ' instead of \", and read so"
        yield Problem("wrong-delimiter", message, fit.rows[0][0], severity="warning")


def _shown(name: str) -> str:
    return name if len(name) > 1 else f"'{name}'"


def _typed(name: str) -> str:
    """Quote a separator for a shell command."""
    return name if len(name) > 1 or name == "," else f"'{name}'"


def _after_header(source: Delimited) -> Iterator[tuple[int, list[str] | str]]:
    filled = (entry for entry in records(source.content.lines_from(source.start), source.dialect) if entry[1])
    next(filled, None)
    return filled


def _names(head: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    names: dict[str, None] = {}
    numbers: dict[str, int] = {}
    repeated = []
    for place, name in enumerate(head, 1):
        plain = unique = name or f"column-{place}"
        if name and name in names:
            repeated.append(name)
        while unique in names:
            number = numbers[plain] = numbers.get(plain, 1) + 1
            unique = f"{plain}_{number}"
        names[unique] = None
    return tuple(names), tuple(repeated)

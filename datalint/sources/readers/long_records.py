"""Records of CSV and TSV read from bytes, for ranges with a record so long that its copies count.

Python's ``csv`` module keeps a field as four bytes a character until it ends, beside the text that it is read from.
Here a field is decoded straight from the bytes of the file, and the ends of records are found without decoding any.
Both understand a file exactly as :func:`datalint.sources.readers.dialect.records` does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from datalint.records.record import Problem
from datalint.sources import limits
from datalint.sources.base import CHUNK_BYTES
from datalint.sources.content import Content
from datalint.sources.readers.dialect import Dialect, records

#: Bytes of a line, or beyond those of a usual range, from which on records are read here: this takes four times as long
#: as ``csv`` where records are short.
LONG: Final = 1 << 20
_RETURNS: Final = re.compile(rb"\r*")
#: Marks that are no second byte of a character in any of the encodings that are read.
_NEVER_SECOND: Final = frozenset("\t,;\"'")


class _Error(Exception):
    """What is wrong with a record, and where the line ends in which it is."""


class _Marks(NamedTuple):
    delimiter: bytes
    quote: bytes | None


def is_long(pieces: Sequence[bytes], size: int) -> bool:
    """Whether lines, of ``size`` bytes together, hold a record that is long."""
    return size > CHUNK_BYTES + LONG or (size > LONG and max(map(len, pieces)) > LONG)


def can_read(dialect: Dialect) -> bool:
    """Whether separator and quote character are found by their bytes."""
    return _marks(dialect) is not None


def _marks(dialect: Dialect) -> _Marks | None:
    """Return the bytes of separator and quote character, None where these can be part of something else."""
    text = dialect.delimiter + (dialect.quote or "")
    if not text.isascii() or (dialect.codec == "gb18030" and not _NEVER_SECOND.issuperset(text)):
        return None
    return _Marks(dialect.delimiter.encode(), None if dialect.quote is None else dialect.quote.encode())


def record_ends(
    content: Content, start: int, dialect: Dialect, block_bytes: int = 1 << 16
) -> Iterator[tuple[int, bool]]:
    """Yield (where a record and its line end, whether it has fields); blank lines have none.

    All that is plain text is cut down first, so that a long record takes little memory.
    """
    table = _outline(dialect)
    read = start

    def lines() -> Iterator[bytes]:
        nonlocal read
        begun: list[bytes] = []
        for block in content.blocks(start, block_bytes):
            sizes = [len(line) for line in block.split(b"\n")]
            if table is not None:
                block = block.translate(table[0]).replace(table[1] * 16, table[1])
            *ended, rest = block.split(b"\n")
            for size, line in zip(sizes, ended, strict=False):
                read += size + 1
                if begun:
                    line = b"".join((*begun, line))
                    begun.clear()
                yield line
            read += sizes[-1]
            begun.append(rest)
        if any(begun):
            yield b"".join(begun)

    for _, fields in records(lines(), dialect):
        yield read, fields != []


def _outline(dialect: Dialect) -> tuple[bytes, bytes] | None:
    """Return a table that makes every byte of plain text the same one, and that byte."""
    marks = _marks(dialect)
    if marks is None:
        return None
    kept = b"\r\n" + marks.delimiter + (marks.quote or b"")
    plain = next(mark for mark in (b"x", b"y", b"z") if mark not in kept)
    return bytes(byte if byte in kept else plain[0] for byte in range(256)), plain


def long_records(data: bytes, dialect: Dialect) -> Iterator[tuple[int, list[str] | str | Problem]]:
    """Yield (1-based line that the record begins on, its fields or what is wrong); blank lines have no field.

    A record over the limit of bytes is a problem, and its fields are not decoded.

    Raises:
        ValueError: when :func:`can_read` says no.
    """
    marks = _marks(dialect)
    if marks is None:
        raise ValueError(f"cannot find {dialect.delimiter!r} by its bytes")
    ends = re.compile(b"[" + re.escape(marks.delimiter) + rb"\r\n]")
    view = memoryview(data)
    start, line = 0, 1
    while start < len(data):
        found: list[str] | str | Problem
        try:
            found, stop = _record(data, view, start, marks, ends, dialect.codec)
        except _Error as error:
            found, stop = error.args
        if stop - start > limits.MOST_ROW and not isinstance(found, str):
            found = Problem("oversized-line", limits.too_large(stop - start), line)
        yield line, found
        line += data.count(b"\n", start, stop)
        start = stop


def _record(
    data: bytes, view: memoryview, start: int, marks: _Marks, ends: re.Pattern[bytes], codec: str
) -> tuple[list[str], int]:
    """Return the fields of the record at a place, and where its last line ends."""
    if data[start] in b"\r\n":
        return [], _line_end(data, start)
    fields: list[str] = []
    most = start + limits.MOST_ROW
    while True:
        if marks.quote is not None and data.startswith(marks.quote, start):
            end, doubled = _closing(data, start + 1, marks.quote)
            if end < most:
                fields.append(_unquoted(data, view, start + 1, end, marks.quote, codec, doubled=doubled))
            stop = end + 1
        else:
            found = ends.search(data, start)
            stop = len(data) if found is None else found.start()
            if stop < most:
                fields.append(str(view[start:stop], codec, "surrogateescape"))
        if not data.startswith(marks.delimiter, stop):
            break
        start = stop + 1
    if stop < len(data) and data[stop] not in b"\r\n":
        raise _Error("',' expected after '\"'", _next_line(data, stop))
    return fields, _line_end(data, stop)


def _closing(data: bytes, start: int, quote: bytes) -> tuple[int, bool]:
    """Return where the quote is that closes a field, and whether there are doubled quotes before it."""
    stop = data.find(quote, start)
    doubled = False
    while stop >= 0 and data.startswith(quote, stop + 1):
        doubled = True
        stop = data.find(quote, stop + 2)
    if stop < 0:
        raise _Error("unexpected end of data", len(data))
    return stop, doubled


def _unquoted(data: bytes, view: memoryview, start: int, stop: int, quote: bytes, codec: str, *, doubled: bool) -> str:
    text = data[start:stop].replace(quote * 2, quote) if doubled else view[start:stop]
    return str(text, codec, "surrogateescape")


def _line_end(data: bytes, stop: int) -> int:
    """Return where the line ends whose last field ends at a place; only carriage returns may follow in it."""
    found = _RETURNS.match(data, stop)
    stop = stop if found is None else found.end()
    if stop < len(data) and data[stop] != 0x0A:
        raise _Error("new-line character seen in unquoted field", _next_line(data, stop))
    return stop + 1


def _next_line(data: bytes, start: int) -> int:
    return (data.find(b"\n", start) + 1) or len(data)

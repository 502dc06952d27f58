"""Reading of long CSV and TSV records from bytes, where copies of a record would take too much memory.

Python's ``csv`` module keeps a field as four bytes a character until it ends, next to the text that it is read from.
Here a field is decoded straight from the bytes of the file, which is understood exactly as
:func:`datalint.sources.readers.delimited.dialect.records` does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from datalint.sources.base import CHUNK_BYTES
from datalint.sources.readers.delimited.dialect import AFTER_RETURN, Dialect, repaired
from datalint.sources.readers.delimited.record_ends import Marks, separator_and_quote

#: Bytes of a line, or beyond those of a usual range, from which on records are read here: this takes four times as long
#: as ``csv`` where records are short.
LONG: Final = 1 << 20
_RETURNS: Final = re.compile(rb"\r*")


class _Error(Exception):
    """The error of a record, and the end of its line."""


def is_long(pieces: Sequence[bytes], size: int) -> bool:
    """Whether lines, of ``size`` bytes together, hold a record that is long."""
    return size > CHUNK_BYTES + LONG or (size > LONG and max(map(len, pieces)) > LONG)


def can_read(dialect: Dialect) -> bool:
    """Whether separator and quote character are found by their bytes."""
    return separator_and_quote(dialect) is not None


def long_records(data: bytes, dialect: Dialect) -> Iterator[tuple[int, list[str] | str]]:
    """Yield (1-based line that the record begins on, its fields or what is wrong); blank lines have no field.

    Raises:
        ValueError: when :func:`can_read` says no.
    """
    marks = separator_and_quote(dialect)
    if marks is None:
        raise ValueError(f"cannot find {dialect.delimiter!r} by its bytes")
    ends = re.compile(b"[" + re.escape(marks.delimiter) + rb"\r\n]")
    view = memoryview(data)
    start, line = 0, 1
    while start < len(data):
        found: list[str] | str
        try:
            found, stop = _record(data, view, start, marks, ends, dialect.codec)
        except _Error as error:
            found, stop = error.args
        if stop - start <= LONG and data.find(b"\n", start, stop - 1) < 0:
            found = repaired(str(view[start:stop], dialect.codec, "surrogateescape"), dialect, found)
        yield line, found
        line += data.count(b"\n", start, stop)
        start = stop


def _record(
    data: bytes, view: memoryview, start: int, marks: Marks, ends: re.Pattern[bytes], codec: str
) -> tuple[list[str], int]:
    """Return the fields of the record at a place, and where its last line ends."""
    if data[start] in b"\r\n":
        return [], _line_end(data, start)
    fields: list[str] = []
    while True:
        if marks.quote is not None and data.startswith(marks.quote, start):
            end, doubled = _closing(data, start + 1, marks.quote)
            fields.append(_unquoted(data, view, start + 1, end, marks.quote, codec, doubled=doubled))
            stop = end + 1
        else:
            found = ends.search(data, start)
            stop = len(data) if found is None else found.start()
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
        raise _Error(AFTER_RETURN, _next_line(data, stop))
    return stop + 1


def _next_line(data: bytes, start: int) -> int:
    return (data.find(b"\n", start) + 1) or len(data)

"""Fields of a table that begin with a quotation mark: quoted ones, and those in which it is a part of the text."""

from __future__ import annotations

import re
from itertools import islice
from typing import Final

from datalint.sources.content import Content
from datalint.sources.readers.delimited.dialect import Dialect

#: The number of records that are examined.
RECORDS: Final = 200
#: Fields that begin with a quotation mark and go on after it, from which on none is a field that was not closed.
LONE: Final = 2
#: Bytes in which fields are looked for that begin with a quotation mark.
EXAMINED: Final = 32 << 20


def first_fields(delimiter: str) -> re.Pattern[bytes]:
    """Return the pattern of a field that begins with a quotation mark, on one line."""
    mark = re.escape(delimiter.encode())
    return re.compile(rb"(?:^|(?<=[\n" + mark + rb']))("[^\n' + mark + rb"]*)")


def _inside(delimiter: str) -> re.Pattern[bytes]:
    """Return the pattern of a field that has a quotation mark after its first character, up to this mark."""
    mark = re.escape(delimiter.encode())
    return re.compile(rb"(?:^|(?<=[\n" + mark + rb']))[^"\n' + mark + rb']+"')


def lone_quotes(content: Content, start: int, dialect: Dialect) -> tuple[int, int, int]:
    """Return how many fields begin with a quotation mark and do not end with one, and the first line of one.

    The third number is that of quoted fields with doubled marks in them, 0 if other fields have single ones in them.
    """
    data = content.read(start, start + EXAMINED)
    places, doubled, single = list[int](), 0, 0
    for each in first_fields(dialect.delimiter).finditer(data):
        if is_wrapped_in(each[1]):
            inner = each[1].rstrip(b"\r")[1:-1]
            doubled += b'""' in inner
            single += b'"' in inner.replace(b'""', b"")
        else:
            places.append(each.start(1))
    return len(places), data.count(b"\n", 0, places[0]) + 1 if places else 1, 0 if single else doubled


def is_wrapped_in(field: bytes) -> bool:
    """Return whether a field that begins with a quotation mark ends with one too."""
    return len(field) > 1 and field.rstrip(b"\r").endswith(b'"')


def has_lone_quotes(data: bytes, width: int, delimiter: str = "\t") -> bool:
    """Return whether a table has fields that begin with a quotation mark and are not quoted.

    Most of these fields do not end with one, or more fields have single ones inside, which are doubled where fields are
    quoted. Their lines and the next ones have ``width`` fields, unlike those of a field on several lines.
    """
    wrapped = lone = 0
    mark = delimiter.encode()
    for field in islice(first_fields(delimiter).finditer(data), RECORDS):
        if is_wrapped_in(field[1]):
            wrapped += 1
            continue
        begin, end = data.rfind(b"\n", 0, field.start(1)) + 1, _line_end(data, field.end(1))
        if data.count(mark, begin, end) != width - 1:
            return False
        filled = re.compile(rb"\S").search(data, end)
        if filled is not None:
            begin, end = data.rfind(b"\n", 0, filled.start()) + 1, _line_end(data, filled.start())
            if data.count(mark, begin, end) != width - 1:
                return False
        lone += 1
    if lone > wrapped:
        return True
    return lone > 0 and b'""' not in data and sum(1 for _ in _inside(delimiter).finditer(data)) > wrapped


def are_marks(data: bytes) -> bool:
    """Return whether most lines that begin with a quotation mark are nothing else, as where each line is a token."""
    lines = [line for line in data.split(b"\n") if line[:1] == b'"']
    alone = sum(line.rstrip(b"\r") == b'"' for line in lines)
    return alone >= LONE and alone * 2 > len(lines)


def _line_end(data: bytes, place: int) -> int:
    """Return where the line ends that has a place."""
    end = data.find(b"\n", place)
    return end if end >= 0 else len(data)

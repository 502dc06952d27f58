"""Quotation marks in quoted fields that are escaped with a backslash, as MySQL and Hive export them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from datalint.core.table_format import TableFormat
from datalint.records.record import Problem
from datalint.sources.content import Content, spooled
from datalint.sources.readers.delimited.separators import escapes_quotes
from datalint.support.lazy_pattern import lazy_pattern

#: What escapes a quotation mark, and backslashes before one.
_ESCAPED: Final = b'\\"'
_BACKSLASHES: Final = lazy_pattern(rb'(?<!\\)(\\++)"')


def with_doubled_quotes(
    content: Content, start: int, container: str, codec: str, given: TableFormat
) -> tuple[Content, tuple[Problem, ...]]:
    """Return a file whose escaped quotation marks are doubled instead, and its problem, if the file escapes them.

    Lines and their numbers stay. A mark after an even number of backslashes ends its field.
    """
    if not escapes_quotes(content, start, container, codec, given, doubled):
        return content, ()
    lines = content.lines_from(0)
    first = next(number for number, line in enumerate(lines, 1) if _ESCAPED in line)

    def pieces() -> Iterator[bytes]:
        for number, line in enumerate(content.lines_from(0)):
            yield b"\n" + doubled(line) if number else doubled(line)
        if content.read(content.size - 1, content.size) == b"\n":
            yield b"\n"

    message = (
        'quotation marks in fields are escaped (\\") instead of doubled (""), and are read that way; '
        "pandas reads them with escapechar"
    )
    return spooled(pieces()), (Problem("wrong-delimiter", message, first, severity="warning"),)


def doubled(line: bytes) -> bytes:
    """Return a line with doubled quotation marks in place of escaped ones."""
    return _BACKSLASHES.sub(_double, line) if _ESCAPED in line else line


def _double(found: re.Match[bytes]) -> bytes:
    return found[1][:-1] + b'""' if len(found[1]) % 2 else found[0]

"""Separators in fields that are escaped with a backslash instead of quoted, as MySQL and Hive export them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from datalint.core.table_format import TableFormat
from datalint.records.record import Problem
from datalint.sources.content import Content, spooled
from datalint.sources.readers.delimited.separators import USUAL, sample_of
from datalint.support.named_tuple import NamedTuple

#: Lines with an escaped separator, at least, and the share of the other lines that have as many fields as the header.
_LEAST: Final = 3
_FITS: Final = 0.9
_QUOTE: Final = b'"'


class _Escaped(NamedTuple):
    """An escaped separator, the separator, the pattern of one that is not escaped, and the number of columns."""

    sign: bytes
    mark: bytes
    unescaped: re.Pattern[bytes]
    width: int

    def quoted(self, line: bytes) -> bytes:
        """Return a line with quotes around the fields that have escaped separators, or as it is if it is no row."""
        if self.sign not in line or _QUOTE in line:
            return line
        fields = self.unescaped.split(line.removesuffix(b"\r"))
        if len(fields) != self.width:
            return line
        written = (
            _QUOTE + field.replace(self.sign, self.mark) + _QUOTE if self.sign in field else field for field in fields
        )
        return self.mark.join(written) + b"\r" * line.endswith(b"\r")


def with_quoted_separators(
    content: Content, start: int, container: str, codec: str, given: TableFormat
) -> tuple[Content, tuple[Problem, ...]]:
    r"""Return a file whose fields with escaped separators (`\,`) are quoted instead, and its problem.

    Lines and their numbers stay. The file escapes them if all its first lines that have some are rows of as many fields
    as the header then, and nearly all other lines are.
    """
    found = _found(content, start, container, given) if codec == "utf-8" else None
    if found is None:
        return content, ()
    first = next(number for number, line in enumerate(content.lines_from(0), 1) if found.quoted(line) != line)

    def pieces() -> Iterator[bytes]:
        for number, line in enumerate(content.lines_from(0)):
            yield b"\n" + found.quoted(line) if number else found.quoted(line)
        if content.read(content.size - 1, content.size) == b"\n":
            yield b"\n"

    message = (
        "separators in fields are escaped with a backslash instead of quoted, and are read that way; "
        "pandas reads them with escapechar"
    )
    return spooled(pieces()), (Problem("wrong-delimiter", message, first, severity="warning"),)


def _found(content: Content, start: int, container: str, given: TableFormat) -> _Escaped | None:
    """Return how a file escapes separators; None if it does not."""
    mark = (given.delimiter or USUAL[container]).encode()
    sign = b"\\" + mark
    lines = (
        [line for line in sample_of(content, start) if line.strip()] if given.quote is None and len(mark) == 1 else []
    )
    some = [line for line in lines[1:] if sign in line]
    if len(some) < _LEAST or sign in lines[0] or any(_QUOTE in line for line in (lines[0], *some)):
        return None
    escaped = _Escaped(sign, mark, re.compile(rb"(?<!\\)" + re.escape(mark)), lines[0].count(mark) + 1)
    others = [line for line in lines[1:] if sign not in line and _QUOTE not in line]
    fits = sum(line.count(mark) + 1 == escaped.width for line in others)
    return escaped if fits >= _FITS * len(others) and all(escaped.quoted(line) != line for line in some) else None

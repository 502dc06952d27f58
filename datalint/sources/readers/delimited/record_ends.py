"""Search for the ends of CSV and TSV records, without decoding a field or loading a large record.

A file is understood exactly as :func:`datalint.sources.readers.delimited.dialect.records` does. Python's ``csv`` module
finds the ends of short records faster than anything else here, but keeps a record in memory until it ends, so that the
ends of large ones are searched for in the bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum, auto
from typing import Final

from datalint.core.errors import DatalintError
from datalint.sources.content import Content
from datalint.sources.limits import MOST_ROW
from datalint.sources.readers.delimited.dialect import Dialect, records
from datalint.support.named_tuple import NamedTuple

#: Bytes of a record from which on its end is searched for in the bytes.
_LARGE: Final = 8 << 20
#: Marks that are no second byte of a character in any of the encodings that are read.
_NEVER_SECOND: Final = frozenset("\t,;\"'")
_BLOCK: Final = 1 << 16


class Marks(NamedTuple):
    """The bytes of separator and quote character."""

    delimiter: bytes
    quote: bytes | None


class End(NamedTuple):
    """The end of a record and its line; ``filled`` is false for blank lines.

    ``endless`` is true if a quoted field of the record never ends, which is only known of large records.
    """

    stop: int
    filled: bool
    endless: bool = False


class _LargeError(Exception):
    """A record is too large for the csv module."""


def separator_and_quote(dialect: Dialect) -> Marks | None:
    """Return the bytes of separator and quote character, None if these can be part of something else."""
    text = dialect.delimiter + (dialect.quote or "")
    if (
        len(dialect.delimiter) > 1
        or not text.isascii()
        or (dialect.codec.lower() == "gb18030" and not _NEVER_SECOND.issuperset(text))
    ):
        return None
    return Marks(dialect.delimiter.encode(), None if dialect.quote is None else dialect.quote.encode())


def record_ends(
    content: Content, start: int, dialect: Dialect, *, block_bytes: int = _BLOCK, large: int = _LARGE
) -> Iterator[End]:
    """Yield the end of each record and each blank line.

    Raises:
        DatalintError: for a record over the limit, in a dialect whose separator cannot be found by its bytes.
    """
    marks = separator_and_quote(dialect)
    while start < content.size:
        try:
            for end in _short_ends(content, start, dialect, block_bytes, large if marks is not None else MOST_ROW):
                start = end.stop
                yield end
        except _LargeError:
            if marks is None:
                raise DatalintError(
                    f"a row from byte {start + 1:,} on has more than {MOST_ROW >> 20} MiB, or a quoted field of it "
                    "never ends; write the file with commas as separator"
                ) from None
            end = large_end(content, start, marks)
            start = end.stop
            yield end
        else:
            return


def _short_ends(content: Content, start: int, dialect: Dialect, block_bytes: int, most: int) -> Iterator[End]:
    """Yield ends that the csv module finds; raises _LargeError for a record of more than ``most`` bytes."""
    table = _outline(dialect)
    read = begin = start

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
                if read - begin > most:
                    raise _LargeError
                yield line
            read += sizes[-1]
            if read - begin > most:
                raise _LargeError
            begun.append(rest)
        if any(begun):
            yield b"".join(begun)

    for _, fields in records(lines(), dialect):
        yield End(read, fields != [])
        begin = read


def _outline(dialect: Dialect) -> tuple[bytes, bytes] | None:
    """Return a table that makes every byte of plain text the same one, and that byte."""
    marks = separator_and_quote(dialect)
    if marks is None:
        return None
    kept = b"\r\n" + marks.delimiter + (marks.quote or b"")
    plain = next(mark for mark in (b"x", b"y", b"z") if mark not in kept)
    return bytes(byte if byte in kept else plain[0] for byte in range(256)), plain


class _State(Enum):
    FIELD = auto()
    PLAIN = auto()
    QUOTED = auto()
    AFTER_QUOTE = auto()
    LINE_END = auto()
    SKIPPED = auto()


def large_end(content: Content, start: int, marks: Marks) -> End:
    """Return the end of the record at a place."""
    ends = re.compile(b"[" + re.escape(marks.delimiter) + rb"\r\n]")
    mark = re.escape(marks.quote or b"")
    quoted = re.compile(b"(?:[^" + mark + b"]|" + mark * 2 + b")*+") if marks.quote else ends
    state = _State.FIELD
    filled = content.read(start, start + 1) not in (b"\r", b"\n")
    for block in content.blocks(start, 1 << 20):
        at = 0
        while at < len(block):
            byte = block[at : at + 1]
            if state is _State.FIELD:
                state = _State.QUOTED if byte == marks.quote else _State.PLAIN
                at += byte == marks.quote
            elif state is _State.PLAIN:
                found = ends.search(block, at)
                at = len(block) if found is None else found.start()
                if found is not None:
                    state, at = (_State.FIELD, at + 1) if found[0] == marks.delimiter else (_State.LINE_END, at)
            elif state is _State.QUOTED:
                within = quoted.match(block, at)
                at = at if within is None else within.end()
                state, at = (_State.AFTER_QUOTE, at + 1) if at < len(block) else (state, at)
            elif state is _State.AFTER_QUOTE and byte in (marks.quote, marks.delimiter):
                state, at = (_State.QUOTED if byte == marks.quote else _State.FIELD), at + 1
            elif state is _State.AFTER_QUOTE:
                state = _State.LINE_END if byte in b"\r\n" else _State.SKIPPED
            elif state is _State.LINE_END and byte == b"\r":
                at += 1
            elif state is _State.LINE_END and byte == b"\n":
                return End(start + at + 1, filled)
            else:
                # Text after a quote or a carriage return: for the csv module too, the record ends with its line.
                state, filled = _State.SKIPPED, True
                if (newline := block.find(b"\n", at)) >= 0:
                    return End(start + newline + 1, filled)
                at = len(block)
        start += len(block)
    return End(start, filled, state is _State.QUOTED)

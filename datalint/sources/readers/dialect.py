"""The dialect of a CSV or TSV file (encoding, separator, quotes), and its records."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Final

from datalint.records.record import Problem
from datalint.sources.content import Content
from datalint.sources.encoding import decode_legacy
from datalint.support.named_tuple import NamedTuple

_FIELD_LIMIT: Final = (1 << 31) - 1  # csv's own default of 128 kB is less than one long answer


class Dialect(NamedTuple):
    """The format of a file; ``quote`` is None if quotes are plain text, and ``codec`` decodes the bytes."""

    delimiter: str
    quote: str | None
    codec: str


@contextmanager
def _any_length() -> Iterator[None]:
    limit = csv.field_size_limit(_FIELD_LIMIT)
    try:
        yield
    finally:
        csv.field_size_limit(limit)


def records(lines: Iterable[bytes], dialect: Dialect) -> Iterator[tuple[int, list[str] | str]]:
    """Yield (1-based line of the record, its fields or an error message); a blank line has no fields."""
    consumed = 0

    def feed() -> Iterator[str]:
        nonlocal consumed
        for line in lines:
            consumed += 1
            yield (line + b"\n").decode(dialect.codec, "surrogateescape")

    reader = csv.reader(
        feed(),
        delimiter=dialect.delimiter,
        quotechar=dialect.quote or '"',
        quoting=csv.QUOTE_NONE if dialect.quote is None else csv.QUOTE_MINIMAL,
        strict=True,
    )
    with _any_length():
        while True:
            start = consumed + 1
            try:
                fields = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield start, _as_usual(str(error), dialect)
            else:
                yield start, fields


def _as_usual(message: str, dialect: Dialect) -> str:
    """Return an error message of the parser with the usual separator and quote."""
    return message.replace(f"'{dialect.delimiter}'", "','").replace(f"'{dialect.quote}'", "'\"'")


#: Lines that are not UTF-8 and that the code page is chosen by.
_EXAMINED: Final = 50


def find_codec(content: Content, start: int) -> tuple[str, tuple[Problem, ...]]:
    """Return the codec of the file, and its problems if it is not UTF-8."""
    try:
        _decode_all(content, start, "utf-8")
    except UnicodeDecodeError:
        found: list[tuple[int, bytes]] = []
        for number, line in enumerate(content.lines_from(start), 1):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError:
                found.append((number, line))
                if len(found) == _EXAMINED:
                    break
        # A single line of a few letters says little.
        for line in (b"\n".join(line for _, line in found), *(line for _, line in found[:1])):
            if (codec := _legacy_codec(content, start, line)) is not None:
                # Of many lines, the first stands for all.
                lines = [number for number, _ in found[: None if len(found) < _EXAMINED else 1]]
                message = f"text is {codec}, not UTF-8"
                return codec, tuple(Problem("wrong-encoding", message, number) for number in lines)
    return "utf-8", ()


def _legacy_codec(content: Content, start: int, line: bytes) -> str | None:
    """Return the code page that a line and the whole of a file are plausible in."""
    legacy = decode_legacy(line)
    if legacy is None:
        return None
    try:
        _decode_all(content, start, legacy[1])
    except UnicodeDecodeError:
        return None
    return legacy[1]


def _decode_all(content: Content, start: int, codec: str) -> None:
    decoder = codecs.getincrementaldecoder(codec)()
    for block in content.blocks(start):
        decoder.decode(block)
    decoder.decode(b"", final=True)

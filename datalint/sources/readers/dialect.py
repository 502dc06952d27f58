"""How a CSV or TSV file is written: its encoding, delimiter and quotes, and its records."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Final, Literal, NamedTuple

from datalint.records.record import Problem
from datalint.sources.content import Content
from datalint.sources.encoding import decode_legacy
from datalint.sources.readers.lines import split

_FIELD_LIMIT: Final = (1 << 31) - 1  # csv's own default of 128 kB is less than one long answer
_HEAD: Final = 1 << 16


class Dialect(NamedTuple):
    """How a file is written; ``codec`` decodes its bytes."""

    delimiter: str
    quoting: Literal[0, 3]
    codec: str


@contextmanager
def _any_length() -> Iterator[None]:
    limit = csv.field_size_limit(_FIELD_LIMIT)
    try:
        yield
    finally:
        csv.field_size_limit(limit)


def records(lines: Iterable[bytes], dialect: Dialect) -> Iterator[tuple[int, list[str] | str]]:
    """Yield (1-based line that the record begins on, its fields or what is wrong); blank lines have no field."""
    consumed = 0

    def feed() -> Iterator[str]:
        nonlocal consumed
        for line in lines:
            consumed += 1
            yield (line + b"\n").decode(dialect.codec, "surrogateescape")

    reader = csv.reader(feed(), delimiter=dialect.delimiter, quoting=dialect.quoting, strict=True)
    with _any_length():
        while True:
            start = consumed + 1
            try:
                fields = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield start, str(error).replace(f"'{dialect.delimiter}'", "','")
            else:
                yield start, fields


def find_codec(content: Content, start: int) -> tuple[str, tuple[Problem, ...]]:
    """Return the codec of the whole file, and the problem that it is not UTF-8."""
    try:
        _decode_all(content, start, "utf-8")
    except UnicodeDecodeError:
        for number, line in enumerate(content.lines_from(start), 1):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError:
                return _legacy_codec(content, start, line, number)
    return "utf-8", ()


def _legacy_codec(content: Content, start: int, line: bytes, number: int) -> tuple[str, tuple[Problem, ...]]:
    legacy = decode_legacy(line)
    if legacy is not None:
        try:
            _decode_all(content, start, legacy[1])
        except UnicodeDecodeError:
            return "utf-8", ()
        return legacy[1], (Problem("wrong-encoding", f"text is {legacy[1]}, not UTF-8", number),)
    return "utf-8", ()


def _decode_all(content: Content, start: int, codec: str) -> None:
    decoder = codecs.getincrementaldecoder(codec)()
    for block in content.blocks(start):
        decoder.decode(block)
    decoder.decode(b"", final=True)


def find_dialect(content: Content, start: int, container: str, codec: str) -> Dialect:
    """Return the delimiter that the first line uses, and whether quotes mean anything."""
    head = content.read(start, start + _HEAD)
    first = next((line for line in head.split(b"\n") if line.strip()), b"")
    usual = "\t" if container == "tsv" else ","
    others = [mark for mark in (";", "\t", "|", ",") if mark != usual]
    most = max(others, key=lambda mark: first.count(mark.encode()))
    delimiter = most if usual.encode() not in first and most.encode() in first else usual
    quoted = Dialect(delimiter, csv.QUOTE_MINIMAL, codec)
    if container == "csv":
        return quoted
    # Many TSV files do not quote at all, and a quotation mark at the start of a field is just text.
    plain = Dialect(delimiter, csv.QUOTE_NONE, codec)
    sample = head.split(b"\n")[:-1] if len(head) == _HEAD else split(head)
    return plain if not _fits(sample, quoted) and _fits(sample, plain) else quoted


def _fits(sample: list[bytes], dialect: Dialect) -> bool:
    widths = {len(fields) if isinstance(fields, list) else -1 for _, fields in records(sample, dialect) if fields}
    return len(widths) == 1 and -1 not in widths

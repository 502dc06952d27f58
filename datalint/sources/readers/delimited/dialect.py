"""The dialect of a CSV or TSV file (encoding, separator, quotes), and its records."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Final

from datalint.records.record import Problem
from datalint.sources.code_pages import code_page, converted, is_mixed, not_utf8_lines
from datalint.sources.content import Content
from datalint.support.named_tuple import NamedTuple

_FIELD_LIMIT: Final = (1 << 31) - 1  # csv's own default of 128 kB is less than one long answer


class Dialect(NamedTuple):
    """The format of a file; ``quote`` is None if quotes are plain text, and ``codec`` decodes the bytes.

    Where ``delimiter`` has several characters, ``quote`` is None.
    """

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
    if len(dialect.delimiter) > 1:
        yield from _divided(lines, dialect)
        return
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


def _divided(lines: Iterable[bytes], dialect: Dialect) -> Iterator[tuple[int, list[str]]]:
    """Yield records that a separator of several characters divides, which the csv module has not; none is quoted."""
    for number, line in enumerate(lines, 1):
        text = line.decode(dialect.codec, "surrogateescape").removesuffix("\r")
        yield number, text.split(dialect.delimiter) if text else []


def _as_usual(message: str, dialect: Dialect) -> str:
    """Return an error message of the parser with the usual separator and quote."""
    return message.replace(f"'{dialect.delimiter}'", "','").replace(f"'{dialect.quote}'", "'\"'")


#: Lines that are not UTF-8 and that the code page is chosen by.
_EXAMINED: Final = 50


def find_codec(content: Content, start: int) -> tuple[Content, str, tuple[Problem, ...]]:
    """Return the content, the codec that decodes all of it, and its problems if it is not UTF-8.

    The content is converted to UTF-8 if some of its lines are not in the code page of the others.
    """
    if _decodes(content, start, "utf-8"):
        return content, "utf-8", ()
    found = not_utf8_lines(content.lines_from(start), _EXAMINED)
    codec = code_page([line for _, line in found])
    if codec is None or (start and not _decodes(content, start, codec)):
        return content, "utf-8", ()
    if not start and (not _decodes(content, start, codec) or is_mixed(content.lines_from(start))):
        content, problems = converted(content, codec)
        return content, "utf-8", problems
    # Of many lines, the first stands for all.
    lines = [number for number, _ in found[: None if len(found) < _EXAMINED else 1]]
    return content, codec, tuple(Problem("wrong-encoding", f"text is {codec}, not UTF-8", number) for number in lines)


def _decodes(content: Content, start: int, codec: str) -> bool:
    decoder = codecs.getincrementaldecoder(codec)()
    try:
        for block in content.blocks(start):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True

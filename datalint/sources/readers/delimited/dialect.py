"""The dialect of a CSV or TSV file (encoding, separator, quotes), and its records."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Final

from datalint.records.record import Problem
from datalint.sources.code_pages import code_page, converted, is_mixed, not_utf8_lines
from datalint.sources.content import Content
from datalint.support.named_tuple import NamedTuple

#: The parser's messages about text after a closing quote, and after a carriage return outside of quotes.
_AFTER_QUOTE: Final = " expected after "
AFTER_RETURN: Final = "new-line character seen in unquoted field"
#: What stands for a carriage return: no codec makes it of bytes.
_RETURN: Final = "\ud800"
_FIELD_LIMIT: Final = (1 << 31) - 1  # csv's own default of 128 kB is less than one long answer


class Dialect(NamedTuple):
    """The format of a file; ``quote`` is None if quotes are plain text, and ``codec`` decodes the bytes.

    Where ``delimiter`` has several characters, ``quote`` is None.
    """

    delimiter: str
    quote: str | None
    codec: str


class RepairedFields(list[str]):
    """The fields of a record that are read without something that its line has: written again, it has it no longer."""


class SpacedFields(RepairedFields):
    """The fields of a record with blanks between quotes and separators, which belong to no field."""


class ReturnFields(RepairedFields):
    """The fields of a line with carriage returns in fields that are not quoted, which are read as blanks.

    Other readers, such as pandas, end a row at each of them. That may be right, unless the line has as many fields as a
    row has, and these are several: then no part of it has.
    """

    def fit(self, width: int) -> bool:
        """Return whether the line is a row of a table of this many columns."""
        return len(self) == width > 1


@contextmanager
def _any_length() -> Iterator[None]:
    limit = csv.field_size_limit(_FIELD_LIMIT)
    try:
        yield
    finally:
        csv.field_size_limit(limit)


def records(lines: Iterable[bytes], dialect: Dialect) -> Iterator[tuple[int, list[str] | str]]:
    """Yield (1-based line of the record, its fields or an error message); a blank line has no fields.

    Of a line with blanks between quotes and separators, or with carriage returns in fields, they are
    :class:`RepairedFields`.
    """
    if len(dialect.delimiter) > 1:
        yield from _divided(lines, dialect)
        return
    consumed = 0
    text = ""

    def feed() -> Iterator[str]:
        nonlocal consumed, text
        for line in lines:
            consumed += 1
            text = (line + b"\n").decode(dialect.codec, "surrogateescape")
            yield text

    reader = _parser(feed(), dialect)
    with _any_length():
        while True:
            start = consumed + 1
            found: list[str] | str
            try:
                found = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                found = _as_usual(str(error), dialect)
            yield start, repaired(text, dialect, found) if consumed == start else found


def _parser(lines: Iterable[str], dialect: Dialect) -> Iterator[list[str]]:
    return csv.reader(
        lines,
        delimiter=dialect.delimiter,
        quotechar=dialect.quote or '"',
        quoting=csv.QUOTE_NONE if dialect.quote is None else csv.QUOTE_MINIMAL,
        strict=True,
    )


def repaired(line: str, dialect: Dialect, found: list[str] | str) -> list[str] | str:
    """Return the fields of a line that is one record, or its error.

    They are :class:`RepairedFields` if it is no record otherwise, or has blanks between fields that are all quoted.
    """
    if isinstance(found, str) and found.startswith(AFTER_RETURN):
        return _with_returns(line, dialect) or found
    return _without_blanks(line, dialect, found)


def _with_returns(line: str, dialect: Dialect) -> ReturnFields | None:
    """Return the fields of a line with carriage returns as blanks; None if it is no record all the same."""
    body = line.rstrip("\r\n")
    try:
        fields = next(_parser([body.replace("\r", _RETURN) + line[len(body) :]], dialect))
    except csv.Error:
        return None
    return ReturnFields([field.replace(_RETURN, " ") for field in fields])


def _without_blanks(line: str, dialect: Dialect, found: list[str] | str) -> list[str] | str:
    quote = dialect.quote
    if quote is None or dialect.delimiter.isspace():
        return found
    if isinstance(found, str):
        return (_spaced(line, dialect) if _AFTER_QUOTE in found else None) or found
    if f"{dialect.delimiter} {quote}" not in line or not line.startswith(quote):
        return found
    spaced = _spaced(line, dialect, quoted=True)
    return found if spaced is None or spaced == found else spaced


def _spaced(line: str, dialect: Dialect, *, quoted: bool = False) -> SpacedFields | None:
    """Return the fields of a line that is one record but for blanks around its quoted fields; None for any other.

    With ``quoted``, all fields must be.
    """
    sign, quote = re.escape(dialect.delimiter), re.escape(dialect.quote or "")
    within = rf"[ \t]*+{quote}((?:[^{quote}]++|{quote}{quote})*+){quote}[ \t]*+"
    plain = "(?!)" if quoted else f"[^{quote}{sign}]*+"
    field = rf"(?:{within}|({plain}))"
    text = line.rstrip("\r\n")
    if re.fullmatch(rf"{field}(?:{sign}{field})*+", text) is None:
        return None
    found = re.findall(rf"(?:^|{sign}){field}", text)
    twice, once = 2 * (dialect.quote or ""), dialect.quote or ""
    return SpacedFields([inner.replace(twice, once) or other for inner, other in found])


def _divided(lines: Iterable[bytes], dialect: Dialect) -> Iterator[tuple[int, list[str]]]:
    """Yield records with a separator of several characters, which the csv module does not support; none is quoted."""
    for number, line in enumerate(lines, 1):
        text = line.decode(dialect.codec, "surrogateescape").removesuffix("\r")
        yield number, text.split(dialect.delimiter) if text else []


def _as_usual(message: str, dialect: Dialect) -> str:
    """Return an error message of the parser with the usual separator and quote."""
    return message.replace(f"'{dialect.delimiter}'", "','").replace(f"'{dialect.quote}'", "'\"'")


#: Maximum number of lines that are not UTF-8 from which the code page is chosen.
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
    if not start and (not _decodes(content, start, codec) or is_mixed(content.lines_from(start), codec)):
        content, problems = converted(content, codec)
        return content, "utf-8", problems
    # Of many lines, only the first is reported.
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

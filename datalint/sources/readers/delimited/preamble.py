"""Lines above the header of a table: a title, a licence, comments, names of groups, or Excel's separator line."""

from __future__ import annotations

import re
from typing import Final

from datalint.core.table_format import NO_QUOTE, TableFormat
from datalint.sources.content import Content
from datalint.sources.readers.delimited.dialect import Dialect, records
from datalint.sources.readers.lines import split
from datalint.support.named_tuple import NamedTuple
from datalint.support.names.column_names import is_name

#: Bytes that are examined, lines of a preamble at most, and records after it that have the same number of fields.
_EXAMINED: Final = 1 << 16
_MOST: Final = 20
_LEAST: Final = 20
#: Fields of a record at least: text may have a comma here and there.
_LEAST_FIELDS: Final = {"\t": 2}
_USUAL_FIELDS: Final = 3
#: The same after a record of which half of the fields are names of columns, and the share of records that are so long.
_BELOW_NAMES: Final = 3
_FITS: Final = 0.9
#: Characters from which on a first line of one field is no name of a column.
_NAME: Final = 40
#: Words of the name of a column.
_WORDS: Final = 3
#: Columns of a table whose columns are in groups, at least.
_GROUPED: Final = 3
#: The beginning of a comment, and the line that names the separator.
_COMMENTS: Final = (b"#", b"//")
_NUMBER: Final = "#"
_SEPARATOR: Final = re.compile(rb'"?sep=[^"\r\n]"?\r?')


class _Lines(NamedTuple):
    """The first lines of a file; ``titled`` says that the first one is too long for the name of a column."""

    pieces: list[bytes]
    codec: str
    quote: str | None
    titled: bool

    def rows(self, delimiter: str, start: int = 0, stop: int | None = None) -> list[list[str] | str]:
        """Return some of the lines as records with a separator; a text is the reason why a line is no record."""
        dialect = Dialect(delimiter, self.quote, self.codec)
        return [fields for _, fields in records(self.pieces[start:stop], dialect) if fields]


def preamble_of(
    content: Content, start: int, delimiters: tuple[str, ...], codec: str, given: TableFormat
) -> tuple[int, int]:
    """Return the number of bytes and lines of text before the first record of a table; zeros if there is none.

    The lines have no separator, or only one with nothing behind it, or are comments, and all records after them are
    equally long. The first one is no name of a column, a comment, or the record after them has names of columns.
    A single line may also name groups of columns. Lines of separators alone are above the first record too.
    """
    data = content.read(start, start + _EXAMINED)
    line = data[: data.find(b"\n") + 1]
    first = line.decode(codec, "replace").strip()
    if not first:
        return 0, 0
    if (mark := next((mark for mark in delimiters if not first.strip(f'{mark}" ')), None)) is not None:
        return _blank(data, mark)
    if _SEPARATOR.fullmatch(line[:-1]):
        return len(line), 1
    commented = line.startswith(_COMMENTS)
    # A line of signs is no name either.
    named = len(first) <= _NAME and sum(map(str.isalpha, first)) * 2 >= len(first)
    # Spreadsheets write a title in the first cell, and empty cells after it.
    title = first.rstrip(f"{delimiters[0]} ")
    if not commented and delimiters[0] not in title and is_name(title):
        return 0, 0
    pieces = split(data)
    if len(data) == _EXAMINED:
        pieces.pop()
    quote = None if given.quote == NO_QUOTE else given.quote or '"'
    lines = _Lines(pieces, codec, quote, titled=commented or not named)
    if not commented and delimiters[0] in title:
        return (len(line), 1) if _names_groups(lines, delimiters[0]) else (0, 0)
    if commented and any(_is_header(lines, mark) for mark in delimiters):
        return 0, 0
    above = next((found for mark in delimiters if (found := _above(lines, mark))), 0)
    return sum(len(piece) + 1 for piece in pieces[:above]), above


def _blank(data: bytes, delimiter: str) -> tuple[int, int]:
    """Return the number of bytes and lines of separators alone at the beginning of a table."""
    pieces = split(data)[: _MOST + 1]
    signs = f'{delimiter}" \r'.encode()
    above = next((place for place, piece in enumerate(pieces) if piece.strip(signs)), 0)
    return sum(len(piece) + 1 for piece in pieces[:above]), above


def _is_header(lines: _Lines, delimiter: str) -> bool:
    """Return whether a first line that begins like a comment is the header: short fields, as many as in the rows."""
    head, *below = [row if isinstance(row, list) else [] for row in lines.rows(delimiter, stop=_LEAST + 1)] or [[]]
    if not 1 < len(head) == len(set(head)) or len(below) < _BELOW_NAMES or any(len(row) != len(head) for row in below):
        return False
    # The sign alone is the name of a column of numbers.
    names = head[1:] if head[0].strip() == _NUMBER and len(head) >= _USUAL_FIELDS else head
    if any(len(name.split()) > _WORDS or len(name) > _NAME or not name.strip("#/ ") for name in names):
        return False
    # A header below a comment has the names.
    return not any(map(is_name, below[0]))


def _names_groups(lines: _Lines, delimiter: str) -> bool:
    """Return whether a first line names groups of columns, as merged cells of a spreadsheet do.

    Some of its fields are empty, and the record after it has a short name for each column but one, none of which is a
    value of its column. Two of the names are usual, and more than those of the first line; one is enough if most fields
    of the first line are empty, the first one too.
    """
    if b'"' in lines.pieces[0]:
        return False
    # The last record may be cut.
    found = [row if isinstance(row, list) else [] for row in lines.rows(delimiter)[:-1]]
    head, names, *below = found if len(found) > 1 else [[], []]
    groups = [name for name in head if name.strip()]
    if not 0 < len(groups) < len(head):
        return False
    mostly_empty = not head[0].strip() and 2 * len(groups) < len(head)
    if _usual(names) < (1 if mostly_empty else 1 + max(1, _usual(groups))):
        return False
    given = [name.strip() for name in names if name.strip()]
    # A column without a name is one of remarks.
    if not _GROUPED <= len(head) == len(names) <= len(given) + 1 or len({*given}) < len(given):
        return False
    if any(len(name.split()) > _WORDS or len(name) > _NAME or not any(map(str.isalpha, name)) for name in given):
        return False
    rows = [row for row in below if len(row) == len(names)]
    fits = len(rows) >= max(_BELOW_NAMES, _FITS * len(below))
    columns = zip(names, zip(*rows, strict=True), strict=True)
    return fits and not any(name.strip() and name in column for name, column in columns)


def _usual(names: list[str]) -> int:
    return sum(is_name(name.strip()) for name in names)


def _above(lines: _Lines, delimiter: str) -> int:
    """Return the number of lines before a table with a separator, 0 for none."""
    pieces, mark = lines.pieces, delimiter.encode()
    above = 0
    while above < min(_MOST + 1, len(pieces)) and (
        mark not in pieces[above].rstrip(mark + b"\r ") or pieces[above].startswith(_COMMENTS)
    ):
        above += 1
    if not 0 < above <= _MOST:
        return 0
    padded = any(mark in piece and not piece.startswith(_COMMENTS) for piece in pieces[:above])
    found = lines.rows(delimiter, above)
    # The last record may be cut.
    widths = [len(fields) if isinstance(fields, list) else 0 for fields in found[:-1]]
    head = found[0] if found else ""
    if isinstance(head, list) and len(head) > 1 and 2 * _usual(head) >= len(head):
        fits = len(widths) >= _BELOW_NAMES and widths.count(len(head)) >= _FITS * len(widths)
    else:
        least = _LEAST_FIELDS.get(delimiter, _USUAL_FIELDS)
        fits = lines.titled and not padded and len(widths) >= _LEAST and len(set(widths)) == 1 and widths[0] >= least
    return above if fits else 0

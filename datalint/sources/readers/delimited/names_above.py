"""A first line with the names of the columns, which it separates by another sign than the records below it."""

from __future__ import annotations

from typing import Final

from datalint.core.table_format import NO_QUOTE, TableFormat
from datalint.records.record import Problem
from datalint.sources.content import Content
from datalint.sources.readers.delimited.dialect import Dialect, records
from datalint.sources.readers.delimited.separators import SEPARATORS, named
from datalint.sources.readers.lines import split
from datalint.support.named_tuple import NamedTuple

#: Bytes that are examined, records that must have as many fields as there are names, and names at least.
_EXAMINED: Final = 1 << 16
_LEAST: Final = 5
_NAMES: Final = 3
#: The beginning of a comment, which may describe the columns.
_COMMENTS: Final = ("#", "//")
#: Characters and words of a name at most.
_LONGEST: Final = 40
_WORDS: Final = 3


class NamesAbove(NamedTuple):
    """The names of columns above a table, how many bytes their line has, and what separates names and fields."""

    names: tuple[str, ...]
    size: int
    marks: tuple[str, str]

    @property
    def problem(self) -> Problem:
        """The problem that a header and its records have different separators."""
        names, fields = (f"'{mark}'" if len(mark) == 1 else mark for mark in map(named, self.marks))
        message = (
            f"the names of the columns are separated by {names}, and the fields by {fields}, and are read that way"
        )
        return Problem("wrong-delimiter", message, 1, severity="warning")


def names_above(
    content: Content, start: int, marks: tuple[str, ...], codec: str, given: TableFormat
) -> NamesAbove | None:
    """Return the names of the columns in the first line, if the records have another separator; None if they have not.

    ``marks`` are the separators that the records may have, the likeliest first.
    """
    if given.header is not None:
        return None
    data = content.read(start, start + _EXAMINED)
    size = data.find(b"\n") + 1
    first = data[:size].decode(codec, "replace").strip()
    if first.startswith(_COMMENTS):
        return None
    pieces = split(data[size:])
    if len(data) == _EXAMINED:
        pieces.pop()
    quote = None if given.quote == NO_QUOTE else given.quote or '"'
    for mark in SEPARATORS:
        names = tuple(name.strip().strip('"') for name in first.split(mark))
        others = [other for other in marks if other not in first] if _are_names(names) else []
        if not others or len(names) in _widths(pieces, Dialect(mark, quote, codec)):
            continue
        for other in others:
            if _widths(pieces, Dialect(other, quote, codec)) == {len(names)}:
                return NamesAbove(names, size, (mark, other))
    return None


def _are_names(names: tuple[str, ...]) -> bool:
    if not _NAMES <= len(set(names)) == len(names):
        return False
    return all(len(name) <= _LONGEST and len(name.split()) <= _WORDS and any(map(str.isalpha, name)) for name in names)


def _widths(pieces: list[bytes], dialect: Dialect) -> set[int]:
    """Return the numbers of fields of records, 0 for one that cannot be read; none of too few records."""
    widths = [len(fields) if isinstance(fields, list) else 0 for _, fields in records(pieces, dialect) if fields]
    # The last record may be cut.
    return {*widths[:-1]} if len(widths) > _LEAST else set()

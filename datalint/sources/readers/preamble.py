"""Lines of text before the header of a table, such as a title, a licence or a disclaimer."""

from __future__ import annotations

from typing import Final

from datalint.sources.content import Content
from datalint.sources.readers.dialect import Dialect, records
from datalint.sources.readers.lines import split

#: Bytes that are examined, lines of a preamble at most, and records after it that have the same number of fields.
_EXAMINED: Final = 1 << 16
_MOST: Final = 20
_LEAST: Final = 20
#: Fields of a record at least: text may have a comma here and there.
_LEAST_FIELDS: Final = {"\t": 2}
_USUAL_FIELDS: Final = 3
#: Characters from which on a first line of one field is no name of a column.
_NAME: Final = 40


def preamble_of(content: Content, start: int, delimiter: str, codec: str) -> tuple[int, int]:
    """Return the number of bytes and lines of text before the first record of a table; zeros if there is none.

    The lines have no separator, the first one is no name of a column, and all records after them are equally long.
    """
    data = content.read(start, start + _EXAMINED)
    first = data[: data.find(b"\n") + 1].decode(codec, "replace").strip()
    # A line of signs is none either.
    named = len(first) <= _NAME and sum(map(str.isalpha, first)) * 2 >= len(first)
    if not first or delimiter in first or named:
        return 0, 0
    pieces = split(data)
    if len(data) == _EXAMINED:
        pieces.pop()
    above = 0
    while above < min(_MOST + 1, len(pieces)) and delimiter.encode() not in pieces[above]:
        above += 1
    if not 0 < above <= _MOST:
        return 0, 0
    found = [fields for _, fields in records(pieces[above:], Dialect(delimiter, '"', codec)) if fields]
    # The last record may be cut.
    widths = {len(fields) if isinstance(fields, list) else 0 for fields in found[:-1]}
    least = _LEAST_FIELDS.get(delimiter, _USUAL_FIELDS)
    if len(found) <= _LEAST or len(widths) != 1 or min(widths) < least:
        return 0, 0
    size = sum(len(piece) + 1 for piece in pieces[:above])
    return size, above

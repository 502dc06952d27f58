"""Read the footer and the page headers of a Parquet file: the decoded size of its pages, in bytes and values.

Parquet readers allocate the sizes in page headers. The format is described in
https://parquet.apache.org/docs/file-format/. pyarrow has no function for page headers, and aborts the process when it
returns the metadata of some damaged columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, BinaryIO, Final

from datalint.sources.content import Content
from datalint.sources.tables.thrift import BINARY, I32, I64, STRUCT, BadThriftError, ShortError, ThriftReader
from datalint.support.named_tuple import NamedTuple

_FIRST: Final = 256  # bytes of a page header that are read first; statistics may make it longer
_MOST_HEADER: Final = 16 << 20  # bytes of a page header that Arrow reads at most
_MOST_FOOTER: Final = 256 << 20
_DATA, _DICTIONARY, _DATA_V2 = 0, 2, 3
_DELTA_BYTE_ARRAY: Final = 7
_NO_DELTAS: Final = frozenset((0, 2, 8))  # PLAIN, PLAIN_DICTIONARY, RLE_DICTIONARY

# Every list of the format is here, those that are not read with the kind of their items.
_SIZES: Final = {2: [I64], 3: [I64]}
_LISTS: Final = {2: [I32], 3: [BINARY], 8: [STRUCT], 13: [STRUCT], 16: _SIZES, 17: {2: [I32]}}
_COLUMN: Final = {5: I64, 7: I64, 9: I64, 11: I64, **_LISTS}
_GROUP: Final = {1: [{3: _COLUMN, 8: {2: {1: [BINARY]}}}], 3: I64, 4: [STRUCT]}
_FOOTER: Final = {2: [STRUCT], 4: [_GROUP], 5: [STRUCT], 7: [STRUCT]}
_HEADER: Final = {1: I32, 2: I32, 3: I32, 5: {1: I32, 2: I32}, 8: {1: I32, 4: I32}}


class ColumnChunk(NamedTuple):
    """A column chunk as described in the footer: its start, its stored bytes, and its number of values."""

    start: int
    stored: int
    values: int


class RowGroup(NamedTuple):
    """A row group."""

    rows: int
    columns: Sequence[ColumnChunk]


class Pages(NamedTuple):
    """The decoded sizes of the pages of a column chunk.

    ``bytes`` is their size after decompression. ``longest`` is the maximum size of a text that is not stored each time
    it occurs: it is from a dictionary, or shares its beginning with the previous text. ``has_references`` is true if
    Arrow can read all texts as references to a dictionary.
    """

    bytes: int
    values: int
    longest: int
    has_references: bool


def read_groups(content: Content) -> list[RowGroup]:
    """Return the row groups that the footer lists.

    Raises:
        BadThriftError: if the footer violates the format.
    """
    size = int.from_bytes(content.read(max(0, content.size - 8), content.size - 4), "little")
    if not 0 < size <= min(content.size - 8, _MOST_FOOTER):
        raise BadThriftError("the footer has no size")
    try:
        found = ThriftReader(content.read(content.size - 8 - size, content.size - 8)).struct(_FOOTER)
    except ShortError:
        raise BadThriftError("the footer ends in the middle") from None
    return [
        RowGroup(max(0, group.get(3, 0)), [_column(each.get(3, {}), content.size) for each in group.get(1, ())])
        for group in found.get(4, ())
    ]


def _column(meta: dict[int, int], size: int) -> ColumnChunk:
    start, dictionary = meta.get(9, 0), meta.get(11, 0)
    # The same way as Arrow does it.
    start = dictionary if 0 < dictionary < start else start
    return ColumnChunk(start, min(max(0, meta.get(7, 0)), size), meta.get(5, 0))


def read_pages(file: BinaryIO, column: ColumnChunk) -> Pages:
    """Return the decoded sizes of a column chunk; Arrow reads its pages until it has ``column.values`` values.

    Raises:
        BadThriftError: if a page header violates the format.
        OSError: if the file cannot be read.
    """
    place, stop = column.start, column.start + column.stored
    total = count = longest = 0
    has_references = True
    while count < column.values and 0 <= place < stop:
        header, length = _header(file, place)
        kind, unpacked, packed = (header.get(field, -1) for field in (1, 2, 3))
        if unpacked < 0 or packed < 0:
            raise BadThriftError("a page has no size")
        total += unpacked
        if kind == _DICTIONARY:
            longest = max(longest, unpacked)
        elif kind in (_DATA, _DATA_V2):
            inner, encoding = (header.get(5, {}), 2) if kind == _DATA else (header.get(8, {}), 4)
            if inner.get(1, -1) < 0:
                raise BadThriftError("a page has no number of values")
            count += inner[1]
            has_references = has_references and inner.get(encoding) in _NO_DELTAS
            if inner.get(encoding) == _DELTA_BYTE_ARRAY:
                longest = max(longest, unpacked)
        place += length + packed
    return Pages(total, count, longest, has_references)


def _header(file: BinaryIO, place: int) -> tuple[dict[int, Any], int]:
    width = _FIRST
    while True:
        file.seek(place)
        data = file.read(width)
        reader = ThriftReader(data)
        try:
            return reader.struct(_HEADER), reader.place
        except ShortError:
            if len(data) < width or width >= _MOST_HEADER:
                raise BadThriftError("a page header never ends") from None
            width *= 16

"""Read Parquet files by row group, in batches of bounded size whatever the file's metadata claims."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, BinaryIO, Final

from datalint.core.errors import DatalintError
from datalint.records.record import Problem
from datalint.sources.base import CHUNK_BYTES, CHUNK_ROWS
from datalint.sources.content import Content
from datalint.sources.inflate import LIMITS, DecompressionLimits
from datalint.sources.tables.arrow import readable, tables, without_quotes
from datalint.sources.tables.arrow_types import check_names, text_columns
from datalint.sources.tables.batches import REMEDY, Tables, UnreadRows, damage_of, lost
from datalint.sources.tables.parquet_pages import ColumnChunk, Pages, RowGroup, read_groups, read_pages
from datalint.sources.tables.rows import words
from datalint.sources.tables.thrift import BadThriftError
from datalint.sources.tables.weight import VALUE, batch_weight

#: The maximum size in bytes of a batch with texts from dictionaries, before its actual size is known.
_BATCH: Final = 128 << 20
#: If a batch would have fewer rows than this, texts are read as references to dictionaries and copied later.
_LEAST: Final = 64
#: The maximum size in bytes of texts in lists of one column of a row group, if their encoding does not reveal it.
_MOST_UNKNOWN: Final = 2 << 30
#: Bytes that a column's references may stand for without being counted, and references that are counted at once.
_SMALL: Final = 16 << 20
_COUNTED: Final = 4 << 20
#: The maximum number of values in lists of one column of a row group.
_MOST_VALUES: Final = 1 << 28


@dataclass(slots=True)
class _File:
    """An open Parquet file; ``readers`` are the pyarrow readers by the columns that are read as dictionaries."""

    content: Content
    readers: dict[tuple[str, ...], Any] = field(default_factory=dict)

    def reader(self, dictionaries: tuple[str, ...] = ()) -> Any:
        """Return a ``pyarrow.parquet.ParquetFile``."""
        import pyarrow as pa  # type: ignore[import-untyped]
        import pyarrow.parquet as pq  # type: ignore[import-untyped]

        if dictionaries not in self.readers:
            content = self.content
            source = content.path or pa.BufferReader(content.read(0, content.size))
            self.readers[dictionaries] = pq.ParquetFile(source, read_dictionary=list(dictionaries) or None)
        return self.readers[dictionaries]


@dataclass(frozen=True, slots=True)
class _Group:
    """A row group: the maximum number of rows per batch, and the columns that are read as dictionaries.

    ``damage`` is the reason if it cannot be read at all. ``references`` are the columns whose texts are references to
    dictionaries.
    """

    file: _File
    number: int
    count: int
    step: int = 1
    dictionaries: tuple[str, ...] = ()
    damage: str = ""
    references: Mapping[str, Pages] = field(default_factory=dict)

    def rows(self) -> int:
        return self.count

    def batches(self, wanted: Sequence[int] | None = None) -> Iterator[tuple[int, Any]]:
        if self.damage:
            yield 0, UnreadRows(self.count, self.damage)
            return
        import pyarrow as pa

        first = 0
        last = self.count if wanted is None else max(wanted) + 1
        try:
            reader = self.file.reader(self.dictionaries)
            for batch in reader.iter_batches(batch_size=self.step, row_groups=[self.number]):
                yield first, batch
                first += batch.num_rows
                if first >= last:
                    return
        except (pa.ArrowException, OSError, ValueError) as error:
            yield first, lost(self.count - first, words(error))
        else:
            if first < self.count:
                yield first, UnreadRows(self.count - first, "the row group has fewer rows than the file says")


def open_parquet(
    path: str,
    content: Content,
    original: Content,
    problems: tuple[Problem, ...] = (),
    limits: DecompressionLimits = LIMITS,
) -> Tables:
    """Return the rows of a Parquet file.

    Raises:
        DatalintError: if its footer cannot be read, or its pages would decode to more than ``limits``.
    """
    file = _File(content)
    with readable(path, "readable Parquet"):
        schema = file.reader().schema
        check_names(file.reader().schema_arrow)
        leaves = [schema.column(place) for place in range(len(schema))]
        groups = read_groups(content)
        if len(groups) != file.reader().num_row_groups or any(len(each.columns) != len(leaves) for each in groups):
            raise BadThriftError("its row groups do not fit its schema")
        # Limits and row numbers hold only if Arrow understands a damaged footer the same way.
        metadata = file.reader().metadata
        if any(metadata.row_group(number).num_rows != each.rows for number, each in enumerate(groups)):
            raise BadThriftError("its footer gives two numbers of rows")
    # A column with a single value takes no bytes, regardless of the number of rows.
    rows = sum(group.rows for group in groups)
    limits.check(path, rows * VALUE * (1 + len(leaves)), original.size, REMEDY)
    with content.open() as stream:
        found = [_group(path, file, number, each, leaves, stream, limits) for number, each in enumerate(groups)]
    _check_references(path, file, found, original.size, limits)
    source = tables(path, "parquet", found, (original,), problems, original.size, limits)
    columns = file.reader().schema_arrow
    return without_quotes(replace(source, texts=text_columns(columns)), columns.names)


def _group(
    path: str,
    file: _File,
    number: int,
    group: RowGroup,
    leaves: Sequence[Any],
    stream: BinaryIO,
    limits: DecompressionLimits,
) -> _Group:
    found: list[tuple[Any, Pages]] = []
    for kind, column in zip(leaves, group.columns, strict=True):
        try:
            pages = read_pages(stream, column)
        except (BadThriftError, OSError, OverflowError) as error:
            return _Group(file, number, group.rows, damage=words(error))
        _check(path, kind, column, pages, limits)
        found.append((kind, pages))
    size = sum(pages.bytes for _, pages in found)
    # Each column of a batch has a page in memory.
    stored = sum(column.stored for column in group.columns)
    limits.check(path, size, min(stored, file.content.size), REMEDY)
    # A text is at most as long as its dictionary. References to a dictionary are small, however long it is, but each
    # batch contains all of it, so batches must be large.
    texts = [(kind, pages) for kind, pages in found if kind.physical_type == "BYTE_ARRAY"]
    flat = sum(pages.longest for kind, pages in texts if not kind.max_repetition_level)
    inner = sum(pages.longest * pages.values for kind, pages in texts if kind.max_repetition_level)
    dictionaries: tuple[str, ...] = ()
    if flat * _LEAST > _BATCH or inner > _BATCH:
        dictionaries = tuple(kind.path for kind, pages in texts if pages.longest and pages.has_references)
        flat = sum(pages.longest for _, pages in texts if not pages.has_references)
    step = min(CHUNK_ROWS, CHUNK_BYTES * group.rows // max(size, 1), _BATCH // max(flat, 1))
    references = {kind.path: pages for kind, pages in texts if pages.longest and pages.has_references}
    return _Group(file, number, group.rows, max(1, step), dictionaries, references=references)


def _check_references(
    path: str, file: _File, groups: Sequence[_Group], stored: int, limits: DecompressionLimits
) -> None:
    """Refuse a file whose references to dictionaries stand for more than ``limits``, before any row is read.

    Metadata gives only an upper bound. Where that is over the limits, the references are read, which costs little, and
    the lengths of what they refer to are added.
    """
    most = limits.total if limits.ratio * stored > limits.total else max(limits.ratio_from, limits.ratio * stored)
    if sum(pages.longest * pages.values for group in groups for pages in group.references.values()) <= most:
        return
    total = 0
    for group in groups:
        for batch in _references(file, group):
            total += 0 if damage_of(batch) else batch_weight(batch)
            limits.check(path, total, stored, REMEDY)


def _references(file: _File, group: _Group) -> Iterator[Any]:
    """Yield the columns of a row group that are references, as references."""
    import pyarrow as pa

    large = {name: pages for name, pages in group.references.items() if pages.longest * pages.values > _SMALL}
    if not large:
        return
    # Each batch has the whole dictionaries, so there should be few.
    step = _COUNTED * group.count // max(pages.values for pages in large.values())
    names = list(large)
    try:
        yield from file.reader(tuple(names)).iter_batches(max(1, step), row_groups=[group.number], columns=names)
    except (pa.ArrowException, OSError, ValueError):
        return  # reading its rows says so


def _check(path: str, kind: Any, column: ColumnChunk, pages: Pages, limits: DecompressionLimits) -> None:
    """Refuse a column chunk that decodes to far more bytes than it stores."""
    width = max(1, kind.length or 0) if kind.physical_type == "FIXED_LEN_BYTE_ARRAY" else 1
    limits.check(path, pages.bytes + width * pages.values, column.stored, REMEDY)
    if not kind.max_repetition_level:
        return
    # All values may be in one row, which is decoded at once.
    if pages.values > _MOST_VALUES:
        raise DatalintError(
            f"{path} has a row group with {pages.values:,} values in the lists of one column, over {_MOST_VALUES:,}: "
            "write it with smaller row groups"
        )
    if not pages.has_references and pages.longest * pages.values > _MOST_UNKNOWN:
        raise DatalintError(f"{path} has a list of texts in a delta encoding: write it with the encoding PLAIN")

"""Writes rows that are no text in their source: as JSON Lines, and Parquet as Parquet."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from datalint.core.errors import DatalintError
from datalint.fixes.decisions import Decisions, Lost, Pieces, record_of
from datalint.privacy.display import excerpt, printable
from datalint.sources.content import BLOCK
from datalint.sources.python_values import to_line
from datalint.sources.readers.delimited.reader import Delimited
from datalint.sources.readers.text_rows import TextRows
from datalint.sources.tables.batches import Tables, UnreadRows

if TYPE_CHECKING:
    from datalint.sources import Source


def rows_as_lines(decisions: Decisions) -> Pieces:
    """Yield rows of any source as JSON Lines; what no row was read from has no place there.

    Raises:
        DatalintError: if the source has values that JSON cannot hold, such as images.
    """
    source = decisions.source
    if isinstance(source, Delimited):
        yield from _records_as_lines(decisions, source)
        return
    refuse_binary_columns(source)
    row = number = 0
    offsets = decisions.rows["offset"].to_list()
    # Rows of text have the number of a byte as their offset, where others have that of a row.
    by_bytes = isinstance(source, TextRows)
    for chunk in source.chunks(0):
        for record in chunk.load().records:
            while not by_bytes and number < offsets[row]:
                yield decisions.lost_line(None, None, b"")
                number += 1
            yield _line(decisions, row, record)
            row, number = row + 1, number + 1
    if not by_bytes:
        # What no row was read from after the last row.
        refused = decisions.fixes.files[decisions.file].rows_refused
        yield from [decisions.lost_line(None, None, b"")] * (refused - (number - row))


def _records_as_lines(decisions: Decisions, source: Delimited) -> Pieces:
    from datalint.fixes.delimited import raw_records

    rows = (record for chunk in source.chunks(0) for record in chunk.load().records)
    for raw in raw_records(decisions, source):
        if raw.row is not None:
            found = _line(decisions, raw.row, next(rows))
            yield found._replace(data=raw.data.rstrip(b"\r\n")) if isinstance(found, Lost) else found
        elif raw.is_record:
            yield decisions.lost_line(raw.line, decisions.reasons([raw.line])[0], raw.data)


def _line(decisions: Decisions, row: int, record: dict[str, Any]) -> bytes | Lost:
    if (why := decisions.removed(row)) is not None:
        return decisions.lost(row, why, to_line(record))
    return (decisions.repaired(row) or to_line(record)) + b"\n"


def refuse_binary_columns(source: Source) -> None:
    """Refuse to write a table with binary columns as lines of JSON: what is read of these is their size and a hash.

    Raises:
        DatalintError: naming the columns.
    """
    parts = source.parts if isinstance(source, Tables) else ()
    first = (next(iter(part.batches()), None) for part in parts)
    for schema in (found[1].schema for found in first if found is not None and not isinstance(found[1], UnreadRows)):
        named = ", ".join(field.name for field in schema if "binary" in str(field.type))
        if named:
            what = f"has binary data, which JSON Lines cannot hold, in {excerpt(named, 80)}"
            raise DatalintError(f"{printable(source.path)} {what}")


def as_parquet(decisions: Decisions) -> Pieces:
    """Yield a Parquet file with the rows that stay; its schema and its metadata are those of the source."""
    with tempfile.TemporaryFile(prefix="datalint-") as file:
        yield from _parquet(decisions, file)
        file.seek(0)
        while block := file.read(BLOCK):
            yield block


def _parquet(decisions: Decisions, out: Any) -> Iterator[Lost]:
    import pyarrow as pa  # type: ignore[import-untyped]
    import pyarrow.parquet as pq  # type: ignore[import-untyped]

    rows = {offset: row for row, offset in enumerate(decisions.rows["offset"].to_list())}
    file = pq.ParquetFile(decisions.source.path)
    schema = _renamed(decisions, file.schema_arrow)
    number = 0
    is_empty = not file.num_row_groups or not file.metadata.num_columns
    codec = "snappy" if is_empty else file.metadata.row_group(0).column(0).compression.lower()
    with pq.ParquetWriter(out, schema, compression="none" if codec == "uncompressed" else codec) as writer:
        for group in range(file.num_row_groups):
            for batch in file.iter_batches(batch_size=1024, row_groups=[group]):
                kept: list[bool] = []
                changed: list[tuple[int, dict[str, Any]]] = []
                for at in range(batch.num_rows):
                    row = rows.get(number + at)
                    why = None if row is None else decisions.removed(row)
                    kept.append(why is None)
                    if row is not None and why is not None:
                        yield decisions.lost(row, why, to_line(batch.slice(at, 1).to_pylist()[0]))
                    elif row is not None and (line := decisions.repaired(row)) is not None:
                        changed.append((at, record_of(line)))
                number += batch.num_rows
                try:
                    table = _with(pa.Table.from_batches([batch]), schema, changed)
                except (pa.ArrowException, _UnfitError):
                    raise DatalintError(
                        f"{printable(decisions.source.path)}: a fix changes the type of a value, which its schema does "
                        "not allow; write it as JSON Lines: name the output NAME.jsonl"
                    ) from None
                writer.write_table(table.filter(pa.array(kept, pa.bool_())))


class _UnfitError(Exception):
    """A column cannot hold a value as it is."""


def _with(table: Any, schema: Any, changed: list[tuple[int, dict[str, Any]]]) -> Any:
    """Return a table with the names of ``schema`` and other values in some rows.

    Only the columns that differ are written anew.
    """
    import pyarrow as pa

    columns = []
    for place, field in enumerate(schema):
        column = table.column(place)
        is_renamed = column.type != field.type
        if changed or is_renamed:
            values = [_with_names(value, field.type) for value in column.to_pylist()]
            before = list(values)
            for at, record in changed:
                if field.name in record and to_line(values[at]) != to_line(record[field.name]):
                    values[at] = record[field.name]
            if is_renamed or values != before:
                column = pa.array(values, field.type)
                if any(
                    to_line(column[at].as_py()) != to_line(record[field.name])
                    for at, record in changed
                    if field.name in record
                ):
                    raise _UnfitError
        columns.append(column)
    return pa.table(columns, schema=schema)


def _renamed(decisions: Decisions, schema: Any) -> Any:
    """Return a schema with the names that fixes give to keys: all rows of a table have the same."""
    import pyarrow as pa

    whole = pa.struct(list(schema))
    found = whole
    for row in decisions.touched():
        if decisions.removed(row) is None and (line := decisions.repaired(row)) is not None:
            found = _type_with(found, whole, record_of(line))
    return schema if found == whole else pa.schema(list(found), metadata=schema.metadata)


def _type_with(found: Any, original: Any, value: Any) -> Any:
    """Return the type ``found`` with the keys of ``value`` where they are others than in the ``original`` type."""
    import pyarrow as pa

    if pa.types.is_struct(original) and isinstance(value, dict) and len(value) == original.num_fields:
        return pa.struct(
            [
                known.with_name(key if key != old.name else known.name).with_type(
                    _type_with(known.type, old.type, each)
                )
                for known, old, (key, each) in zip(found, original, value.items(), strict=True)
            ]
        )
    if _is_list(original) and isinstance(value, list):
        inner = found.value_type
        for each in value:
            inner = _type_with(inner, original.value_type, each)
        return found if inner == found.value_type else _list_of(found, inner)
    return found


def _is_list(kind: Any) -> bool:
    import pyarrow as pa

    return bool(pa.types.is_list(kind) or pa.types.is_large_list(kind) or pa.types.is_fixed_size_list(kind))


def _list_of(kind: Any, inner: Any) -> Any:
    import pyarrow as pa

    field = kind.value_field.with_type(inner)
    if pa.types.is_fixed_size_list(kind):
        return pa.list_(field, kind.list_size)
    return pa.large_list(field) if pa.types.is_large_list(kind) else pa.list_(field)


def _with_names(value: Any, kind: Any) -> Any:
    """Return a value with the keys that a type has in their places."""
    import pyarrow as pa

    if pa.types.is_struct(kind) and isinstance(value, dict):
        return {field.name: _with_names(each, field.type) for field, each in zip(kind, value.values(), strict=True)}
    if _is_list(kind) and isinstance(value, list):
        return [_with_names(each, kind.value_type) for each in value]
    return value

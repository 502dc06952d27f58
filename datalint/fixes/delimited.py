"""Writes CSV and TSV: records that no fix touches keep their bytes."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

import orjson

from datalint.core.fix import Action
from datalint.fixes.decisions import ENDS, Decisions, NewLine, Pieces, record_of
from datalint.sources.encoding import UTF8_BOM
from datalint.sources.readers.delimited.dialect import RepairedFields, records
from datalint.sources.readers.delimited.reader import Delimited
from datalint.sources.readers.delimited.record_ends import record_ends
from datalint.sources.readers.lines import split
from datalint.support.named_tuple import NamedTuple

if TYPE_CHECKING:
    from datalint.sources.readers.cells.values import CellValues
    from datalint.sources.readers.delimited.dialect import Dialect


_END: Final = "\r\n"
#: How bytes of no encoding are text, and again bytes.
_ESCAPED: Final = "surrogateescape"


class RawRecord(NamedTuple):
    """The bytes of a record with its line end, its line, and its row if one was read from it.

    ``is_record`` is false for blank lines and the header, which has ``is_header``.
    """

    data: bytes
    line: int
    row: int | None
    is_record: bool
    is_header: bool = False


def as_table(decisions: Decisions) -> Pieces:
    """Yield the file after its fixes, with its own separator and quotes.

    It keeps its encoding unless that is fixed, or has no character for what a fix writes.
    """
    source = decisions.source
    assert isinstance(source, Delimited)
    stored = source.dialect.codec
    codec = stored if Action.ENCODING not in decisions.layouts and _fits(decisions, source) else "utf-8"
    if source.start > source.preamble and Action.BYTE_ORDER_MARK not in decisions.layouts:
        yield UTF8_BOM
    if source.preamble:
        yield source.above.decode(stored, _ESCAPED).encode(codec, _ESCAPED)
    for record in raw_records(decisions, source):
        data = record.data
        values: list[str] | None = None
        if record.row is not None:
            if (why := decisions.removed(record.row)) is not None:
                yield decisions.lost(record.row, why, data)
                continue
            if (line := decisions.repaired(record.row)) is not None:
                values = _values(line, source)
            elif Action.JSON in decisions.layouts:
                values = _repaired(data, source)
        elif record.is_header:
            values = _renamed(decisions, source)
        elif record.is_record and (why := decisions.reasons([record.line])[0]) is not None:
            yield decisions.lost_line(record.line, why, data)
            continue
        if values is not None:
            written = _text(values, source.dialect) + data[len(data.rstrip(ENDS)) :].decode("ascii")
            yield written.encode(codec, _ESCAPED)
        elif codec != stored:
            yield data.decode(stored, _ESCAPED).encode(codec, _ESCAPED)
        else:
            yield data


def new_records(decisions: Decisions, source: Delimited) -> Iterator[NewLine]:
    """Yield the records that are written anew with the values that were read, without what readers refuse."""
    if Action.JSON not in decisions.layouts:
        return
    for record in raw_records(decisions, source):
        if record.row is None or decisions.is_touched(record.row):
            continue
        if (values := _repaired(record.data, source)) is not None:
            after = _text(values, source.dialect).encode(source.dialect.codec, _ESCAPED)
            yield NewLine(record.line, record.row, record.data.rstrip(ENDS), (after,), 1)


def _repaired(data: bytes, source: Delimited) -> list[str] | None:
    """Return the fields of a record that are read without something that its line has; None for any other."""
    fields = next((fields for _, fields in records(split(data), source.dialect)), "")
    return fields if isinstance(fields, RepairedFields) else None


def _fits(decisions: Decisions, source: Delimited) -> bool:
    """Return whether the encoding of a file has every character of the rows that fixes change."""
    codec = source.dialect.codec
    if codec.startswith("utf"):
        return True
    for row in decisions.touched():
        if decisions.removed(row) is None and (line := decisions.repaired(row)) is not None:
            try:
                "".join(_values(line, source)).encode(codec, _ESCAPED)
            except UnicodeEncodeError:
                return False
    return True


def _values(line: bytes, source: Delimited) -> list[str]:
    """Return the fields of a row from its JSON text."""
    valued = {each.column: each for each in source.valued}
    return [
        _field(value, valued.get(name)) for name, value in zip(source.header, record_of(line).values(), strict=False)
    ]


def _field(value: Any, valued: CellValues | None) -> str:
    """Return a value as the text of a field: what is no text, as JSON, or as it was written."""
    if isinstance(value, str):
        return value
    return orjson.dumps(value).decode() if valued is None else valued.written(value)


def _renamed(decisions: Decisions, source: Delimited) -> list[str] | None:
    """Return the names of the columns if fixes give some of them another one; all rows have the same."""
    names = list(source.header)
    for row in decisions.touched():
        line = None if decisions.removed(row) is not None else decisions.repaired(row)
        keys = [] if line is None else list(record_of(line))
        if len(keys) == len(names):
            names = [key if key != old else name for name, key, old in zip(names, keys, source.header, strict=True)]
    return None if names == list(source.header) else names


def raw_records(decisions: Decisions, source: Delimited) -> Iterator[RawRecord]:
    """Yield the records of a file as they are stored."""
    ordinals = {ordinal: row for row, ordinal in enumerate(decisions.rows["offset"].to_list())}
    header_due = source.headed
    start, line, ordinal = source.start, 1 + source.above.count(b"\n"), 0
    with source.content.open() as file:
        for end, filled, _ in record_ends(source.content, source.start, source.dialect):
            file.seek(start)
            data = file.read(min(end, source.content.size) - start)
            is_record = filled and not header_due
            row = ordinals.get(ordinal) if is_record else None
            yield RawRecord(data, line, row, is_record, is_header=filled and header_due)
            header_due = header_due and not filled
            ordinal += is_record
            line += data.count(b"\n")
            start = end
        if start < source.content.size:
            file.seek(start)
            yield RawRecord(file.read(), line, None, False)


def _text(values: Sequence[str], dialect: Dialect) -> str:
    """Return a record with these values, without its line end."""
    return _joined(values, dialect.delimiter) if dialect.quote is None else _quoted(values, dialect)


def _quoted(values: Sequence[str], dialect: Dialect) -> str:
    text = io.StringIO()
    # Only fields with a character of the line end are quoted for it.
    writer = csv.writer(text, delimiter=dialect.delimiter, quotechar=dialect.quote, lineterminator=_END)
    writer.writerow(values)
    return text.getvalue().removesuffix(_END)


def _joined(values: Sequence[str], delimiter: str) -> str:
    """Return a record of a file without quotes, in which no field can contain a separator or a line break."""
    spaces = str.maketrans(dict.fromkeys(_END, " "))
    return delimiter.join(value.translate(spaces).replace(delimiter, " ") for value in values)

"""Columns of a table are empty in all rows.

## What it does
Reports once, as a note, the columns of CSV files, TSV files and workbooks in which no row of any file has a value.

## Why it matters
An export that lost a join, or the wrong sheet, leaves columns behind that look like data. A column for the answer, the
label or the context that is empty in each row is not missed until the model is trained without it.

## Bad
```bytes file=train.csv
prompt,completion,context
When does the ferry leave?,At nine,
Who keeps the pier?,The pilot,
Where is the crane?,At dock two,
How long is the quay?,90 metres,
What is a buoy?,A float,
Why does it ring?,For fog,
Which flag is red?,The third,
Is the lamp on?,Since dusk,
Who owns the boat?,The port,
Can I moor here?,Until noon,
```
## Good
```bytes file=train.csv
prompt,completion,context
When does the ferry leave?,At nine,page 3
Who keeps the pier?,The pilot,
Where is the crane?,At dock two,
How long is the quay?,90 metres,
What is a buoy?,A float,
Why does it ring?,For fog,
Which flag is red?,The third,
Is the lamp on?,Since dusk,
Who owns the boat?,The port,
Can I moor here?,Until noon,
```
## What to do
Fill the columns, or leave them out.
## Known limits
Fewer than `min-rows` rows may lack any value by chance, and columns without a name are left out when a table is read.
Keys of JSON are not reported: many formats have keys such as `input` or `history` that may be empty. If no row fits a
shape, only columns that are named like a prompt, a response or a label are: others belong to the layout of an export.
Columns that are read as a prompt or a response have rules of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from datalint.api import (
    Chunk,
    Dataset,
    Hit,
    NamedTuple,
    Options,
    Severity,
    excerpt,
    frozen,
    listed,
    option,
    rule,
)
from datalint.rules.common.keys.key_names import names_text_or_label

#: Formats of tables, in which each row has all columns.
_TABLES: Final = frozenset(("csv", "tsv", "xlsx"))
#: Columns that are counted, the first by name, and those that a message names.
_MOST: Final = 2_000
_NAMED: Final = 4
#: Characters of a text from which on the keys that turns are made of count as filled, as reading one takes memory.
_LONG: Final = 1_000_000


class Column(NamedTuple):
    """The place of a column among those of its file, and whether any row has a value."""

    place: int
    filled: bool


@frozen
class EmptyColumnOptions(Options):
    """How many rows say that a column is empty."""

    min_rows: int = option(10, "rows from which on a column that is empty in all of them is reported", source="chance")


@rule("FMT119", "empty-column", severity=Severity.INFO, since="0.1")
def empty_column(data: Dataset, options: EmptyColumnOptions) -> Iterator[Hit]:
    """Yield one hit for the dataset."""
    found: dict[str, Column] = data.measured or {}
    names = sorted(found, key=lambda key: found[key].place)
    empty = [key for key in names if not found[key].filled]
    if (data.examples["shape"] == "unknown").all():
        # Of rows that are not read, only an empty column that would be read says why.
        empty = [key for key in empty if names_text_or_label(key)]
    if not empty or data.size < options.min_rows or any(file.container not in _TABLES for file in data.files):
        return
    named = listed((f'"{excerpt(key, 40)}"' for key in empty), len(empty), _NAMED)
    are = "is" if len(empty) == 1 else "are"
    yield Hit(f"{len(empty):,} of {len(found):,} columns {are} empty in all rows: {named}")


@empty_column.measure
def measure(chunk: Chunk, options: EmptyColumnOptions) -> dict[str, Column]:
    """Return the columns of a chunk."""
    found: dict[str, Column] = {}
    has_long = bool((chunk.turns["chars"] > _LONG).any())
    for group in chunk.structure.groups:
        read = {*group.keys} - {key for key, _ in chunk.side_keys(group.keys, about=True)} if has_long else ()
        # Most columns are filled in the first row, and one row is read faster than a column.
        first = {} if has_long else chunk.records[group.rows[0]]
        for place, key in enumerate(group.keys):
            known = found.get(key, Column(place, filled=key in read))
            if not known.filled:
                known = known._replace(filled=_is_filled(first.get(key)) or any(map(_is_filled, group.column(key))))
            found[key] = known
    return _bounded(found)


def _is_filled(value: object) -> bool:
    return bool(value.strip()) if isinstance(value, str) else value is not None


@empty_column.merge
def merge(one: dict[str, Column], other: dict[str, Column]) -> dict[str, Column]:
    """Join the columns of two runs of rows."""
    found = dict(one)
    for key, column in other.items():
        known = one.get(key, column)
        found[key] = known._replace(filled=known.filled or column.filled)
    return _bounded(found)


def _bounded(found: dict[str, Column]) -> dict[str, Column]:
    """Keep the first columns by name: a choice that is the same however chunks are merged."""
    return found if len(found) <= _MOST else {key: found[key] for key in sorted(found)[:_MOST]}

"""A row of a table has its values one column too far to the left.

## What it does
Reports rows of a table (CSV, TSV, XLSX) whose prompt is one of the labels that are learned in other rows, and whose
label is one that other rows have in the next column, but never as their label. At least `min-rows` rows must be like
this.

## Why it matters
Such a row lost its prompt, and the columns after it took its place. The model learns a wrong answer to a word that
nobody writes, and a class that does not exist. For example, 84 of 1,500 commands to a car have `play_artist` as what
the driver says, and `Media` as the intent.

## Bad
```bytes file=train.csv
text,label,area
play the last song,play_song,media
play the first song,play_song,media
play the loud song,play_song,media
play the old song,play_song,media
call the dock,make_call,phone
call the guard,make_call,phone
call the office,make_call,phone
turn it up a bit,set_volume,media
answer the phone,take_call,phone
play it louder,set_volume,media
take the call,take_call,phone
stop the song now,play_song,media
call back later,make_call,phone
play_song,media,
make_call,phone,
take_call,phone,
```

## Good
```bytes file=train.csv
text,label,area
play the last song,play_song,media
play the first song,play_song,media
play the loud song,play_song,media
play the old song,play_song,media
call the dock,make_call,phone
call the guard,make_call,phone
call the office,make_call,phone
turn it up a bit,set_volume,media
answer the phone,take_call,phone
play it louder,set_volume,media
take the call,take_call,phone
stop the song now,play_song,media
call back later,make_call,phone
```

## What to do
Write the missing prompts and move the values back, or delete the rows.

## Known limits
Only a shift of the prompt, the label and the column after the label is seen, with labels of up to 60 characters that
have a letter. Of the rows with a short prompt, the first 20,000 are compared.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import field
from itertools import pairwise
from typing import Any, Final

import polars as pl

from datalint.api import (
    Chunk,
    Dataset,
    Hit,
    NamedTuple,
    Options,
    Severity,
    excerpt,
    frozen,
    json_path,
    mutable,
    option,
    rule,
)

#: Characters of a label, or of a prompt that may be one.
_SHORT: Final = 60
#: Different labels at most, two of which are the least, columns, and rows with a short prompt that are kept.
_MOST_LABELS: Final = 500
_MOST_COLUMNS: Final = 50
_LEAST_LABELS: Final = 2
_KEPT: Final = 20_000
#: Rows for each label at least, share of the rows that are shifted at most, and columns of a row at least.
_ROWS: Final = 3
_SHARE: Final = 0.3
_SEED: Final = 42
_LEAST_COLUMNS: Final = 3
_TABLES: Final = ("csv", "tsv", "xlsx")


class _Short(NamedTuple):
    """A row with a short prompt: its number, and the hashes of its prompt, its label and the value after that."""

    row: int
    prompt: int
    label: int
    after: int


@mutable
class _Columns:
    """How often each label, and each value of the next column, occurs; None for too many of them."""

    labels: dict[int, int] | None = field(default_factory=dict)
    after: dict[int, int] | None = field(default_factory=dict)
    short: list[_Short] = field(default_factory=list)


@mutable
class _Partial:
    """What was seen in rows with the same keys of a prompt, its label, and the column after that."""

    rows: int
    columns: dict[tuple[str, str, str], _Columns] = field(default_factory=dict)


@frozen
class ShiftedRowOptions(Options):
    """How many rows are a shift."""

    min_rows: int = option(3, "rows that are shifted at least", source="a prompt may be the word of a label by chance")


@rule("QUA042", "shifted-row", severity=Severity.WARNING, since="0.1", gated=True)
def shifted_row(data: Dataset, options: ShiftedRowOptions) -> Iterator[Hit]:
    """Yield a hit at each row whose prompt is a label and whose label is a value of the next column."""
    found: _Partial | None = data.measured
    if found is None:
        return
    tables = [number for number, facts in enumerate(data.files) if facts.container in _TABLES]
    for (prompt, label, after), columns in sorted(found.columns.items()):
        rows = _shifted(columns)
        files = data.examples["file"].gather([each.row for each in rows]).to_list() if rows else []
        rows = [each for each, file in zip(rows, files, strict=True) if file in tables]
        if len(rows) < options.min_rows:
            continue
        names = [f'"{excerpt(key, 30)}"' for key in (prompt, label, after)]
        for each in rows:
            yield Hit(
                f"the value of {names[0]} is one of {names[1]}, and that of {names[1]} one of {names[2]}: the values "
                "are one column too far to the left",
                at=each.row,
                path=json_path((prompt,)),
            )


def _shifted(columns: _Columns) -> list[_Short]:
    """Return the rows that are shifted: what they have in both columns, the others have in those to the right."""
    if not columns.labels or not columns.after:
        return []
    named = [each for each in columns.short if each.prompt in columns.labels and each.prompt != each.label]
    labels = Counter(columns.labels) - Counter(each.label for each in named)
    after = Counter(columns.after) - Counter(each.after for each in named)
    rows = labels.total()
    few = all(_LEAST_LABELS <= len(each) <= rows / _ROWS for each in (labels, after))
    shifted = [each for each in named if each.prompt in labels and each.label in after and each.label not in labels]
    return shifted if few and len(shifted) <= _SHARE * rows else []


@shifted_row.measure
def measure(chunk: Chunk, options: ShiftedRowOptions) -> _Partial:
    """Count the labels of a chunk, and keep its rows with short prompts."""
    found = _Partial(len(chunk.records))
    # A prompt, a label and the column after it: where a turn is a value in a list, it is no column.
    names = {f"$.{key}" for group in chunk.structure.groups if len(group.keys) >= _LEAST_COLUMNS for key in group.keys}
    if not names or not chunk.turns["path"].is_in(names).any():
        return found
    turns = _single_turns(chunk)
    if not turns.height:
        return found
    by_row = {row: (asked[2:], said[2:], *hashes) for row, asked, said, *hashes in turns.iter_rows()}
    for group in chunk.structure.groups:
        following = dict(pairwise(group.keys))
        hashes: dict[str, list[int]] = {}
        for place, row in enumerate(group.rows):
            asked, said, prompt, label = by_row.get(row, ("", "", 0, 0))
            after = following.get(said)
            if after is None or asked not in group.keys or after == asked:
                continue
            if after not in hashes:
                hashes[after] = _hashes(group.column(after))
            columns = found.columns.setdefault((asked, said, after), _Columns())
            _add(columns, _Short(row, prompt, label, hashes[after][place]))
    return _bounded(found)


@shifted_row.merge
def join(one: _Partial, other: _Partial) -> _Partial:
    """Add up; rows of ``other`` come after those of ``one``."""
    joined = _Partial(one.rows + other.rows, dict(one.columns))
    for names, columns in other.columns.items():
        known = one.columns.get(names, _Columns())
        moved = [each._replace(row=each.row + one.rows) for each in columns.short]
        joined.columns[names] = _Columns(
            _sum(known.labels, columns.labels), _sum(known.after, columns.after), [*known.short, *moved]
        )
    return _bounded(joined)


def _add(columns: _Columns, row: _Short) -> None:
    for counts, each in ((columns.labels, row.label), (columns.after, row.after)):
        if counts is not None and each:
            counts[each] = counts.get(each, 0) + 1
    if row.prompt:
        columns.short.append(row)


def _sum(one: dict[int, int] | None, other: dict[int, int] | None) -> dict[int, int] | None:
    if one is None or other is None:
        return None
    return {each: one.get(each, 0) + other.get(each, 0) for each in (*one, *other)}


def _bounded(found: _Partial) -> _Partial:
    """Keep the first columns by name, and of each so much as may matter: the same however chunks are merged."""
    for columns in found.columns.values():
        if any(counts is None or len(counts) > _MOST_LABELS for counts in (columns.labels, columns.after)):
            columns.labels = columns.after = None
        columns.short = [] if columns.labels is None else columns.short[:_KEPT]
    return _Partial(found.rows, {names: found.columns[names] for names in sorted(found.columns)[:_MOST_COLUMNS]})


def _single_turns(chunk: Chunk) -> pl.DataFrame:
    """Return rows of one prompt and a short response: the paths of both, and their hashes, 0 for a long prompt."""
    turns = chunk.turns.lazy().filter(pl.len().over("example", "role") == 1)
    text = pl.col("text").str.strip_chars()
    label = text.str.contains(r"\p{L}") & (text.str.len_chars() <= _SHORT)
    hashed = pl.when(label).then(text.hash(_SEED)).otherwise(pl.lit(0, pl.UInt64)).alias("hash")
    asked = turns.filter(pl.col("role") == "user").select("example", "path", hashed)
    said = turns.filter(pl.col("role") == "assistant", label).select("example", "path", hashed)
    both = asked.join(said, on="example", maintain_order="left")
    return both.select("example", "path", "path_right", "hash", "hash_right").collect(engine="in-memory")


def _hashes(values: Sequence[Any]) -> list[int]:
    """Return the hash of each value, 0 for one that is no label."""
    texts = [value.strip() if isinstance(value, str) else "" for value in values]
    short = pl.Series([text if len(text) <= _SHORT else "" for text in texts], dtype=pl.String)
    return [found if text else 0 for text, found in zip(short, short.hash(_SEED), strict=True)]

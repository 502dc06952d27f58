"""One split contains rows of more than one shape.

## What it does

Counts the rows of each shape and reports the split when there are two or more, with the first row of each.

## Why it matters

A trainer is configured with one format for the whole dataset. It drops rows of another format, reads them as empty
text, or stops. Together's check compares every row with the first, and LLaMA-Factory drops rows that don't fit
(#9618).

## Bad

```jsonl
{"prompt": "Hi", "completion": "Hello"}
{"messages": [{"role": "user", "content": "Hey"}, {"role": "assistant", "content": "Hello"}]}
```

## Good

```jsonl
{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}
{"messages": [{"role": "user", "content": "Hey"}, {"role": "assistant", "content": "Hello"}]}
```

## What to do

Put the rows of each shape into a separate dataset, or convert all of them to one shape:
`datalint convert DATA --to SHAPE --output FILE`.

## Known limits

Rows of no known shape are reported as `unknown-shape`. They don't count as a shape here. Rows that differ only in
whether a prompt has options or a context are of one shape.
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from datalint.api import (
    Confidence,
    Dataset,
    Hit,
    Options,
    Places,
    Severity,
    counted,
    excerpt,
    listed,
    others,
    printable,
    rule,
)

#: Keys that a row may lack and be of the same shape.
_OPTIONAL = frozenset(("options", "choices", "candidates", "context"))
#: Keys that a message names.
_KEYS = 3


@rule("FMT103", "mixed-shapes", severity=Severity.ERROR, since="0.1", confidence=Confidence.HIGH)
def mixed_shapes(data: Dataset, options: Options) -> Iterator[Hit]:
    """Yield one hit, at the first row that is not of the commonest shape."""
    shapes = (
        data.examples.lazy()
        .select("shape", pl.int_range(pl.len()).alias("row"))
        .filter(pl.col("shape") != "unknown")
        .group_by("shape")
        .agg(pl.len().alias("count"), pl.col("row").min())
        .sort("count", "row", descending=[True, False])
        .collect(engine="in-memory")
    )
    if shapes.height < 2:
        return
    firsts: list[int] = shapes["row"].to_list()
    at = min(firsts[1:])
    places = Places(data)
    records = data.records(firsts)
    differing = [records[0].keys() ^ record.keys() for record in records[1:]]
    if all(keys and keys <= _OPTIONAL for keys in differing):
        return  # some prompts have options
    # What makes a row another shape may be a null, such as a label that is missing; a key that is null in all is none.
    null = [{key for key, value in record.items() if value is None} for record in records]
    rows = zip(records, null, strict=True)
    nulls = [[key for key in record if key in mine and not all(key in each for each in null)] for record, mine in rows]
    words = (
        f"{printable(shape)} in {counted(count, 'row')} (first on {places.of(row, at)}{_missing(keys)})"
        for (shape, count, row), keys in zip(shapes.iter_rows(), nulls, strict=True)
    )
    related = others(row for row in firsts if row != at)
    key = " ".join(sorted(shapes["shape"]))  # another shape is another finding
    yield Hit(f"{shapes.height} shapes in one split: {', '.join(words)}", at=at, related=related, key=key)


def _missing(keys: list[str]) -> str:
    """Return words on the keys that are null in a row."""
    if not keys:
        return ""
    names = listed((f"'{excerpt(key, 30)}'" for key in keys), len(keys), _KEYS)
    return f", where {names} {'is' if len(keys) == 1 else 'are'} null"

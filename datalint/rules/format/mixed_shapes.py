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

Convert all rows to one shape, or put the rows of each shape into a separate dataset.

## Known limits

Rows of no known shape are reported as `unknown-shape`. They don't count as a shape here.
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from datalint.api import Confidence, Dataset, Hit, Options, Places, Severity, counted, others, printable, rule


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
        .collect()
    )
    if shapes.height < 2:
        return
    firsts: list[int] = shapes["row"].to_list()
    at = min(firsts[1:])
    places = Places(data)
    words = (
        f"{printable(shape)} in {counted(count, 'row')} (first on {places.of(row, at)})"
        for shape, count, row in shapes.iter_rows()
    )
    related = others(row for row in firsts if row != at)
    key = " ".join(sorted(shapes["shape"]))  # another shape is another finding
    yield Hit(f"{shapes.height} shapes in one split: {', '.join(words)}", at=at, related=related, key=key)

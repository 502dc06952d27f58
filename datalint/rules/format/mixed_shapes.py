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
from datalint.rules.common.shape_counts import shape_counts

#: Keys that a message names.
_KEYS = 3


@rule("FMT103", "mixed-shapes", severity=Severity.ERROR, since="0.1", confidence=Confidence.HIGH)
def mixed_shapes(data: Dataset, options: Options) -> Iterator[Hit]:
    """Yield one hit, at the first row that is not of the commonest shape."""
    shapes = shape_counts(data)
    if len(shapes) < 2:
        return
    firsts = [each.first for each in shapes]
    at = min(firsts[1:])
    places = Places(data)
    records = [each.record for each in shapes]
    # What makes a row another shape may be a null, such as a label that is missing; a key that is null in all is none.
    null = [{key for key, value in record.items() if value is None} for record in records]
    rows = zip(records, null, strict=True)
    nulls = [[key for key in record if key in mine and not all(key in each for each in null)] for record, mine in rows]
    words = (
        f"{printable(each.shape)} in {counted(each.rows, 'row')} (first on {places.of(each.first, at)}{_missing(keys)})"
        for each, keys in zip(shapes, nulls, strict=True)
    )
    related = others(row for row in firsts if row != at)
    key = " ".join(sorted(each.shape for each in shapes))  # another shape is another finding
    yield Hit(f"{len(shapes)} shapes in one split: {', '.join(words)}", at=at, related=related, key=key)


def _missing(keys: list[str]) -> str:
    """Return words on the keys that are null in a row."""
    if not keys:
        return ""
    names = listed((f"'{excerpt(key, 30)}'" for key in keys), len(keys), _KEYS)
    return f", where {names} {'is' if len(keys) == 1 else 'are'} null"

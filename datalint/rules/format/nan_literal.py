"""A row holds NaN or Infinity, which JSON does not have.

## What it does

Reports the bare words `NaN`, `Infinity` and `-Infinity` outside strings.

## Why it matters

pandas and Python's `json.dumps` write them for missing numbers, Python's `json.loads` takes them back, and
strict parsers (browsers, Go, Rust, the providers' uploads) refuse the row. In a text field it usually means
that the cell was empty.

## Bad

```jsonl
{"prompt": "Hi", "completion": "Hello", "score": NaN}
```

## Good

```jsonl
{"prompt": "Hi", "completion": "Hello", "score": null}
```

## What to do

Write `null` instead. `json.dumps(row, allow_nan=False)` raises on such rows, and pandas' `to_json` writes
null by itself.

## Known limits

The row is read as Python reads it, so other rules see a number that is not one.
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import Hit, Options, Record, Severity, rule


@rule("FMT011", "nan-literal", severity=Severity.ERROR, since="0.1", requires={"json"})
def nan_literal(record: Record, options: Options) -> Iterator[Hit]:
    """Yield what the reader noticed."""
    yield from record.seen("nan-literal")

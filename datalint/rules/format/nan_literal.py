"""A row contains NaN or Infinity, which JSON does not have.

## What it does

Reports the bare words `NaN`, `Infinity` and `-Infinity` outside strings.

## Why it matters

Python's `json.dumps` writes them for missing numbers, such as an empty cell of a table, and `json.loads` accepts them.
Strict parsers (browsers, Go, Rust) reject the row.

## Bad

```jsonl
{"prompt": "Hi", "completion": "Hello", "score": NaN}
```

## Good

```jsonl
{"prompt": "Hi", "completion": "Hello", "score": null}
```

## What to do

Write `null` instead. `json.dumps(row, allow_nan=False)` raises an error for such values, and pandas' `to_json` writes
null.

## Known limits

datalint reads the row as Python does, so other rules see NaN or Infinity as a number.
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import Confidence, Hit, Options, Record, Severity, rule


@rule("FMT011", "nan-literal", severity=Severity.ERROR, since="0.1", requires={"json"}, confidence=Confidence.HIGH)
def nan_literal(record: Record, options: Options) -> Iterator[Hit]:
    """Yield what the reader noticed."""
    yield from record.seen("nan-literal")

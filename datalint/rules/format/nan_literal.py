"""A row contains NaN or Infinity, which JSON does not have.

## What it does

Reports the bare words `NaN`, `Infinity` and `-Infinity` outside strings: as an error where a turn is read from the
value, or where the shape says what type it has, and as a warning in all other keys, such as a score.

## Why it matters

Python's `json.dumps` writes them for missing numbers, such as an empty cell of a table, and `json.loads`, pandas and
pyarrow (and so Hugging Face `datasets`) accept them. Strict parsers (orjson, browsers, Go, Rust) reject the row.

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

import re
from collections.abc import Iterator
from dataclasses import replace

from datalint.api import Confidence, Hit, Options, Record, Severity, rule


@rule("FMT011", "nan-literal", severity=Severity.ERROR, since="0.1", requires={"json"}, confidence=Confidence.HIGH)
def nan_literal(record: Record, options: Options) -> Iterator[Hit]:
    """Yield what the reader noticed, as a warning where nothing is read from it."""
    read = {_top(path) for _, _, path, _ in record.turns} | {_top(found.path) for found in record.violations}
    for hit in record.seen("nan-literal"):
        if record.shape == "unknown" or _top(hit.path) in read:
            yield hit
        else:
            yield replace(hit, severity=Severity.WARNING)


def _top(path: str | None) -> str:
    """Return the part of a JSON path that names a key of the row."""
    return re.split(r"(?<=.{2})[.\[]", path or "", maxsplit=1)[0]

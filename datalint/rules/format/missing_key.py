"""A key that the row's shape requires is missing.

## What it does

Compares each row with the JSON Schema of its shape, and reports required keys that the row or one of its
messages does not have.

## Why it matters

A trainer raises KeyError hours into preprocessing, or drops the row: the `output` of row 3,556 of a
well-known instruction set was missing (alpaca-lora#55).

## Bad

```jsonl
{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant"}]}
```

## Good

```jsonl
{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}
```

## What to do

Add the key; if it is there under another name, rename it.

## Known limits

A row without the keys by which its shape is recognised has no shape, and is `unknown-shape`. `content` may
be missing in a message that calls tools.
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import Hit, Options, Record, Severity, rule


@rule("FMT104", "missing-key", severity=Severity.ERROR, since="0.1", requires={"invalid"})
def missing_key(record: Record, options: Options) -> Iterator[Hit]:
    """Yield the schema's violations."""
    yield from record.seen("missing-key")

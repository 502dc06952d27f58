"""A row is nested over 100 levels deep.

## What it does

Reports a row in which objects and lists are nested more than 100 levels deep.

## Why it matters

No training format needs more than ten levels. A deeper row is a serialised structure that was never meant as training
data, a row that a script wrapped once more in each run, or an attempt to exhaust a parser's stack.

## Bad

```jsonl
{"text": "x", "meta": [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]}
```

## Good

```jsonl
{"text": "x", "meta": [[1, 2], [3, 4]]}
```

## What to do

Flatten the value, or remove the key: trainers read only the keys with texts.

## Known limits

Rows with more than 256 levels are not read, because reading them could exhaust the stack.
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import Confidence, Hit, Options, Record, Severity, rule


@rule(
    "FMT017", "excessive-nesting", severity=Severity.ERROR, since="0.1", requires={"json"}, confidence=Confidence.HIGH
)
def excessive_nesting(record: Record, options: Options) -> Iterator[Hit]:
    """Yield what the reader noticed."""
    yield from record.seen("excessive-nesting")

"""A row is nested over 100 levels deep.

## What it does

Reports a row in which objects and lists stand inside each other more than 100 times.

## Why it matters

No training format needs more than ten levels. A deeper row is a serialised structure that was never meant
to be trained on, a row wrapped again by every run of a script, or an attempt to exhaust a parser's stack.

## Bad

```jsonl
{"text": "x", "meta": [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]}
```

## Good

```jsonl
{"text": "x", "meta": [[1, 2], [3, 4]]}
```

## What to do

Flatten the value, or leave the key out: trainers read the text keys alone.

## Known limits

Rows of over 256 levels are refused, as code that walks them would run out of stack.
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

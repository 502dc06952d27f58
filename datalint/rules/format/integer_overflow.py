"""A row contains an integer of more than 64 bits.

## What it does

Reports a whole number outside -2⁶³ … 2⁶⁴ - 1.

## Why it matters

Arrow's JSON reader, which `datasets` uses, has no column type for such a number and converts the whole column to
floats, so `12345678901234567890123` becomes `1.2345678901234568e+22`. Other readers reject the row. RFC 8259, section
6, warns of both.

## Bad

```jsonl
{"text": "An account.", "id": 123456789012345678901234567890}
```

## Good

```jsonl
{"text": "An account.", "id": "123456789012345678901234567890"}
```

## What to do

Write identifiers as strings.

## Known limits

Smaller numbers can lose digits too: from 2⁵³ in JavaScript and from 2⁶³ in Arrow. They are not reported.
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import Confidence, Hit, Options, Record, Severity, rule


@rule(
    "FMT013", "integer-overflow", severity=Severity.WARNING, since="0.1", requires={"json"}, confidence=Confidence.HIGH
)
def integer_overflow(record: Record, options: Options) -> Iterator[Hit]:
    """Yield what the reader noticed."""
    yield from record.seen("integer-overflow")

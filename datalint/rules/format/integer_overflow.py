"""A row holds an integer of more than 64 bits.

## What it does

Reports a whole number outside -2⁶³ … 2⁶⁴ - 1.

## Why it matters

Arrow, and with it `datasets`, has no wider integer and refuses the column; other readers turn the number
into a float and lose its last digits (RFC 8259, section 6).

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

Numbers from 2⁵³ on lose digits in JavaScript already; they are not reported, as trainers are not written in
it.
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import Hit, Options, Record, Severity, rule


@rule("FMT013", "integer-overflow", severity=Severity.WARNING, since="0.1", requires={"json"})
def integer_overflow(record: Record, options: Options) -> Iterator[Hit]:
    """Yield what the reader noticed."""
    yield from record.seen("integer-overflow")

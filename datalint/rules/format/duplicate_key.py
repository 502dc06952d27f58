"""One object has the same key twice.

## What it does

Reports a key that is repeated in an object, at any depth, with its path; and a table whose header has a name several
times, once for all of its names. The finding says so if the next line has the names of a second level, as pandas writes
them.

## Why it matters

The parser decides which value counts; RFC 8259, section 4, calls this behaviour "unpredictable". Python keeps the last
value and other parsers keep the first, so you and your trainer may read different values. `json.loads` does not report
it.

## Bad

```jsonl
{"prompt": "Two plus two?", "completion": "5", "completion": "4"}
```

## Good

```jsonl
{"prompt": "Two plus two?", "completion": "4"}
```

## What to do

Delete the wrong value, and find the step in your pipeline that wrote the key twice.

## Known limits

The row is read with the last value, as Python and most trainers read it. A table keeps all columns; the later ones get
a number. Words for a missing name (`null`) are not reported, and neither is a first record that most rows do not fit,
or that is the words of a text, one in each of many columns.
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import Confidence, Hit, Options, Record, Severity, rule


@rule("FMT010", "duplicate-key", severity=Severity.ERROR, since="0.1", requires={"json"}, confidence=Confidence.HIGH)
def duplicate_key(record: Record, options: Options) -> Iterator[Hit]:
    """Yield what the reader noticed."""
    yield from record.seen("duplicate-key")

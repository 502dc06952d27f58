"""JSON values follow each other without a line break or comma.

## What it does

Reports a line of JSON Lines on which one value is followed by another, such as `{…}{…}` or `{…},{…}`. If all of them
are objects, each is read as a row, and the safe fix writes it on a line of its own. Otherwise no row is read from the
line.

In other JSON, it reports rows with no comma between them, such as `[{…} {…}]`, and arrays that follow each other, such
as `[…][…]`. All rows are read, and the safe fix writes them as one array, or each on a line of its own.

## Why it matters

The usual causes are appending a row without a line break, joining files where the first one does not end with a line
break, and writing arrays by hand. A JSON parser rejects the line or file, or reads only the first value.

## Bad

```bytes
{"text": "A first paragraph."}{"text": "A second paragraph."}\\n
```

## Good

```bytes
{"text": "A first paragraph."}\\n{"text": "A second paragraph."}\\n
```

## What to do

Put each row on its own line: `datalint fix DATA --output FILE`. End files with a line break before others are appended
to them.

## Known limits

A line on which a value is followed by something that is not JSON is reported as `invalid-json`, and so are objects by
their name or number without a comma between them.
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import Confidence, FileFacts, Fix, Hit, Options, Severity, rule


@rule(
    "FMT005", "concatenated-json", severity=Severity.ERROR, since="0.1", confidence=Confidence.HIGH, fix=Fix.removal()
)
def concatenated_json(file: FileFacts, options: Options) -> Iterator[Hit]:
    """Yield the reader's own problems."""
    yield from file.seen("concatenated-json")

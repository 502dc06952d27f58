"""The file stops in the middle of its last row.

## What it does

Reports a file whose last row is not closed, and compressed data without its end marker.

## Why it matters

An interrupted download, a full disk or `head -c` cut the file off, so all further rows are missing as well. Repairing
the last line does not restore them.

## Bad

```bytes
{"text": "A first paragraph."}\\n{"text": "A second par
```

## Good

```bytes
{"text": "A first paragraph."}\\n{"text": "A second paragraph."}\\n
```

## What to do

Download or write the file again, and compare its size and row count with the source.

## Known limits

A file that was cut exactly between two lines looks complete and is not reported. In a table of which most rows cannot
be read, a quoted field that never ends says nothing: the quotation mark may be a part of a text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from datalint.api import Confidence, FileFacts, Fix, Hit, Options, Severity, rule

#: Containers of rows whose fields may be quoted.
_TABLES: Final = ("csv", "tsv")


@rule("FMT019", "truncated-file", severity=Severity.ERROR, since="0.1", confidence=Confidence.HIGH, fix=Fix.removal())
def truncated_file(file: FileFacts, options: Options) -> Iterator[Hit]:
    """Yield the reader's own problems as one: compressed data that is cut also cuts the last record."""
    found = list(file.seen("truncated-file"))
    if file.container in _TABLES and file.rows_refused > file.rows_read:
        found = [hit for hit in found if hit.line is None]
    if len(found) == 2 and [hit.line is None for hit in found].count(True) == 1:
        whole, last = sorted(found, key=lambda hit: hit.line is not None)
        message = f"{last.message} ({whole.message.partition(';')[0]})"
        found = [replace(last, message=message)]
    yield from found

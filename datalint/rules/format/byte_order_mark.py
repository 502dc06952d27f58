"""The file starts with a UTF-8 byte-order mark.

## What it does

Reports the three bytes EF BB BF at the start of the file.

## Why it matters

`json.loads` raises an error at the first line because of them, and OpenAI rejects the upload with "Line 1 is not a
dictionary" (OpenAI-API-dotnet#59). RFC 8259, section 8.1, forbids adding them. Azure OpenAI is the exception: its
documentation asks for UTF-8 *with* a byte-order mark.

In a table of text (CSV, TSV) it is a note. Excel writes it there, and pandas, polars, `datasets` and Excel drop it. Of
the usual readers only Python's `csv` keeps it, unless the file is opened as `"utf-8-sig"`: its name of the first column
is then `\\ufeffid` instead of `id`, so that a program that looks for `id` finds no such column.

## Bad

```bytes
\\xef\\xbb\\xbf{"prompt": "Hi", "completion": "Hello"}\\n
```

## Good

```bytes
{"prompt": "Hi", "completion": "Hello"}\\n
```

## What to do

Save the file as UTF-8 without a byte-order mark: `datalint fix DATA --output FILE`, or in Python, with
`encoding="utf-8"` and not `"utf-8-sig"`.

## Known limits

A mark at the start of another line, left over from joining files that each had one, is reported too. A mark inside a
text is reported as `invisible-character`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from datalint.api import Confidence, FileFacts, Fix, Hit, Options, Severity, rule

_TABLES = ("csv", "tsv")
#: What comes of the mark in a table.
_KEPT = "pandas, polars and Excel drop it, but Python's csv takes it for a part of the first field"


@rule(
    "FMT009",
    "byte-order-mark",
    severity=Severity.WARNING,
    since="0.1",
    confidence=Confidence.HIGH,
    fix=Fix.layout("bom"),
)
def byte_order_mark(file: FileFacts, options: Options) -> Iterator[Hit]:
    """Yield the reader's own problem, one a file; a note in a table, whose readers drop the mark."""
    for hit in file.seen("byte-order-mark"):
        yield (
            replace(hit, message=f"{hit.message}; {_KEPT}", severity=Severity.INFO)
            if file.container in _TABLES
            else hit
        )

"""Rows are spread over several lines.

## What it does

Reports a file once if a row was written with indentation, so that it spans more than one line. The lines of each row
are joined, and the row is still checked.

## Why it matters

In JSON Lines, each line is one row. A program that reads lines fails at the first one, `{`. Without this rule, this
one mistake would cause hundreds of findings about lines that are not JSON.

## Bad

```bytes
{\\n  "prompt": "Hi",\\n  "completion": "Hello"\\n}\\n{\\n  "prompt": "Bye",\\n  "completion": "See you"\\n}\\n
```

## Good

```bytes
{"prompt": "Hi", "completion": "Hello"}\\n{"prompt": "Bye", "completion": "See you"}\\n
```

## What to do

Write rows without indentation: `jq -c . data.jsonl > lines.jsonl`.

## Known limits

Findings about such a row refer to the line where the row begins.
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import Confidence, FileFacts, Fix, Hit, Options, Severity, rule


@rule(
    "FMT004",
    "pretty-printed-json",
    severity=Severity.ERROR,
    since="0.1",
    confidence=Confidence.HIGH,
    fix=Fix.layout("one-line"),
)
def pretty_printed_json(file: FileFacts, options: Options) -> Iterator[Hit]:
    """Yield the reader's own problem, one a file."""
    yield from file.seen("pretty-printed-json")

"""A row cannot be parsed.

## What it does

Reports every line that is not valid JSON, with the column, the reason, and a hint if the mistake is a common one: a
trailing comma, single quotes, a raw line break inside a string, a missing bracket. In a CSV or TSV file, it reports
every record that has more or fewer fields than the header, text after a closing quote, or the names of the header
again, as where files were joined with their headers.

## Why it matters

Providers reject an upload at the first such line, often without naming it (openai-python#426). With loaders that skip
the line, you train on fewer rows than you expect. One broken line is enough to fail the gate.

## Bad

```bytes
{"prompt": "Hi", "completion": "Hello"}\\n{'prompt': 'Hi', 'completion': 'Hello'}\\n
```

## Good

```bytes
{"prompt": "Hi", "completion": "Hello"}\\n{"prompt": "Hey", "completion": "Hello"}\\n
```

## What to do

Write each row with a library (`json.dumps`, `csv.writer`); don't join strings. Then fix or delete the reported lines.

## Known limits

At most 10,000 lines of a file are reported, but all of them are counted as refused.
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import FileFacts, Fix, Hit, Options, Severity, rule


@rule("FMT001", "invalid-json", severity=Severity.ERROR, since="0.1", fix=Fix.removal())
def invalid_json(file: FileFacts, options: Options) -> Iterator[Hit]:
    """Yield the reader's own problems."""
    yield from file.seen("invalid-json")

"""A row cannot be parsed.

## What it does

Reports every line that no JSON parser accepts, with the column, the reason, and a hint where the mistake is
a common one: a trailing comma, single quotes, a raw line break inside a string, a missing bracket. Of a CSV or TSV file
it reports every record with more or fewer fields than the header, or with text after a closing quote.

## Why it matters

Providers refuse an upload at the first such line, often without naming it (openai-python#426). Loaders that skip the
line train on fewer rows than you expect. One broken line is enough, so this rule's gate fails at one.

## Bad

```bytes
{"prompt": "Hi", "completion": "Hello"}\\n{'prompt': 'Hi', 'completion': 'Hello'}\\n
```

## Good

```bytes
{"prompt": "Hi", "completion": "Hello"}\\n{"prompt": "Hey", "completion": "Hello"}\\n
```

## What to do

Write each row with a library (`json.dumps`, `csv.writer`), never by joining strings. Then fix or delete the named
lines.

## Known limits

At most 10,000 lines of one file are reported; all of them are counted as refused.
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import Confidence, FileFacts, Fix, Hit, Options, Severity, rule


@rule("FMT001", "invalid-json", severity=Severity.ERROR, since="0.1", confidence=Confidence.HIGH, fix=Fix.removal())
def invalid_json(file: FileFacts, options: Options) -> Iterator[Hit]:
    """Yield the reader's own problems."""
    yield from file.seen("invalid-json")

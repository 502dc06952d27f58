"""A line is not JSON.

## What it does

Reports every line that is not valid JSON, with the column, the reason, and a hint if the mistake is a common one: a
trailing comma, single quotes, a raw tab inside a string, a missing bracket. If the line can mean only one row all the
same, such as the printed dict of a Python program, this row is read and checked as all others are.

A file without any JSON is one finding if it is clearly something else: a program, a web page or plain text. Rows of
tables and texts, which have no JSON, are those of [invalid-row](invalid-row.md).

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

Correct the lines or delete them; those that were read all the same are corrected by `datalint fix DATA --output FILE`.
This changes nothing of what they mean. Write rows with a library (`json.dumps`); don't join strings.

## Known limits

A line is read all the same only if it can mean one row. It may differ from JSON in:
- commas before a bracket or at the end of the line, or missing ones before a key or between the objects of a list
- comments, single quotes, `\\'`, and keys without quotes
- Python's `None`, `True`, `False` and tuples
- raw tabs and other control characters in strings
- closing brackets that are wrong: up to three at the end of the line, or one before that

A line with wrong brackets may also have been cut. It is read only if its keys, at every level, and the ends of its
lists are as in the first rows of the file, and never as the last line. Anything else, such as a quote that is not
escaped, could mean several things and is refused.

At most 10,000 lines of a file are listed. All are counted as refused, and a finding says how many more there are.
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import FileFacts, Fix, Hit, Options, Severity, rule
from datalint.rules.common.refused_rows import refused_rows


@rule("FMT001", "invalid-json", severity=Severity.ERROR, since="0.1", fix=Fix.removal())
def invalid_json(file: FileFacts, options: Options) -> Iterator[Hit]:
    """Yield the reader's own problems, and how many lines it refused in addition to those that are listed."""
    yield from refused_rows(file, "invalid-json")

"""A line is not JSON.

## What it does

Reports every line that is not valid JSON, with the column, the reason, and a hint if the mistake is a common one: a
trailing comma, single quotes, a raw tab inside a string, a missing bracket. If the line can mean only one row all the
same, such as the printed dict of a Python program, this row is read and checked as all others are. Rows of tables and
texts, which have no JSON, are those of [invalid-row](invalid-row.md).

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

Correct the lines or delete them. `datalint fix` writes those as JSON that were read all the same, which changes nothing
of what they mean. Write rows with a library (`json.dumps`); don't join strings.

## Known limits

A line is read all the same if only commas before a bracket or at its end, commas that are missing before a key or
between the objects of a list, comments, single quotes, keys without quotes, Python's `None`, `True`, `False` and
tuples, `\\'`, or raw tabs and other control characters in strings differ from JSON. So is a line of JSON Lines of which
only closing brackets are wrong: up to three at its end, which are missing, too many or others than those that close
what is open, or one before that, if there is only one row that the line can mean. Such a line may also have been cut.
So its row must have the keys of the first rows of the file at every level, its lists must end as theirs do, such as
with a message of the role `assistant`, and the line must not be the last one. Anything else could mean several things,
such as a quote that is not escaped, and such a line is refused. If a line that lacks brackets at its end has only the
outer keys of the next one, the finding names the brackets, and no fix removes the line.

At most 10,000 lines of a file are listed. All are counted as refused, and a finding says how many more there
are.
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import FileFacts, Fix, Hit, Options, Severity, rule
from datalint.rules.common.refused_rows import refused_rows


@rule("FMT001", "invalid-json", severity=Severity.ERROR, since="0.1", fix=Fix.removal())
def invalid_json(file: FileFacts, options: Options) -> Iterator[Hit]:
    """Yield the reader's own problems, and how many lines it refused in addition to those that are listed."""
    yield from refused_rows(file, "invalid-json")

"""A file contains its rows in one JSON value instead of one row per line.

## What it does

Reports, once, a file whose name says JSON Lines and whose content is one array, and a `.json` file whose rows are in
lists of one object (`data`, or one list per split), or each under a number or name. Its rows are checked
nevertheless.

## Why it matters

Every provider that takes JSONL reads line by line and refuses the file at its first line ("Line 1 is not a
dictionary", openai-python#426), and a program that reads lines can neither split nor stream it.

## Bad

```bytes
[{"prompt": "Hi", "completion": "Hello"},\\n {"prompt": "Bye", "completion": "See you"}]\\n
```

## Good

```bytes
{"prompt": "Hi", "completion": "Hello"}\\n{"prompt": "Bye", "completion": "See you"}\\n
```

## What to do

Write one object per line, without brackets or commas between them: `jq -c '.[]' data.json > data.jsonl`, or
`'.train[]'` for a list inside an object.

## Known limits

An array in a file named `.json` is what LLaMA-Factory expects, and is not reported.
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import Confidence, FileFacts, Fix, Hit, Options, Severity, rule


@rule(
    "FMT003",
    "json-array",
    severity=Severity.WARNING,
    since="0.1",
    confidence=Confidence.MEDIUM,
    fix=Fix.layout("one-line"),
)
def json_array(file: FileFacts, options: Options) -> Iterator[Hit]:
    """Yield the reader's own problem, one a file."""
    yield from file.seen("json-array")

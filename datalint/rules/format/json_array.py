"""A file contains its rows in one JSON value instead of one row per line.

## What it does

Reports a file once if its extension is that of JSON Lines but its content is one array. Also reports a `.json` file
whose rows are in lists inside one object (`data`, or one list per split), or are each the value of a number or name, if
something in it is not read. Lines that end with a comma each, as the elements of an array do, are an error. The rows
are still checked.

## Why it matters

Every provider that accepts JSONL reads the file line by line and rejects it at the first line ("Line 1 is not a
dictionary", openai-python#426). A program that reads lines can neither split nor stream such a file.

## Bad

```bytes
[{"prompt": "Hi", "completion": "Hello"},\\n {"prompt": "Bye", "completion": "See you"}]\\n
```

## Good

```bytes
{"prompt": "Hi", "completion": "Hello"}\\n{"prompt": "Bye", "completion": "See you"}\\n
```

## What to do

Write one object per line, without brackets or commas between them: `datalint fix DATA --output FILE`. With jq, that
is `jq -c '.[]' data.json > data.jsonl` for an array and `jq -c '.examples[]'` for a list under the key `examples`. What
stands next to such a list, such as a system prompt for all rows, is in no row: the finding names what is not read, and
`fix` what it does not write. Add it to the rows if the model should see it.

## Known limits

An array in a `.json` file is not reported, because LLaMA-Factory expects it, and neither is an object in a `.json` file
of which all is read: its own loader or program may expect it. The report notes how it is read. Short values next to a
list of rows, and those that describe the dataset (`version`, `license`, `metadata`), are not named.
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import FileFacts, Fix, Hit, Options, Severity, rule


@rule(
    "FMT003",
    "json-array",
    severity=Severity.WARNING,
    since="0.1",
    fix=Fix.layout("one-line"),
)
def json_array(file: FileFacts, options: Options) -> Iterator[Hit]:
    """Yield the reader's own problem, one a file."""
    yield from file.seen("json-array")

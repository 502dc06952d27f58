"""Rows are spread over several lines.

## What it does

Reports a file once if a row was written with indentation, so that it spans more than one line, or if a string in it has
a raw line break instead of `\\n`. The lines of each row are joined, and the row is still checked. In an array, only raw
line breaks inside strings are reported, and so they are in a `.json` file with one object, which may be indented.

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

Write rows with a library and without indentation (`json.dumps`), or put each on one line, with its line breaks inside
strings as `\\n`: `datalint fix DATA --output FILE`. `jq -c . data.jsonl > lines.jsonl` does the same for indented rows.

## Known limits

Findings about such a row refer to the line where the row begins. A row with a raw line break on which it is unclear
where a string ends, for it has quotes that are not escaped, is refused (`invalid-json`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from datalint.api import Confidence, FileFacts, Fix, Hit, Options, Severity, rule

#: What the reader says of a line break inside a string, which no JSON has.
_RAW: Final = "raw line break inside a string"


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
    # The one object of a file that is not named as JSON Lines may have several lines, whatever else is wrong with it.
    is_one = file.rows_read == 1 and file.path.lower().endswith(".json")
    for hit in file.seen("pretty-printed-json"):
        if not is_one or _RAW in hit.message:
            yield hit

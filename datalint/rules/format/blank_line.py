"""Lines between or after the rows are blank.

## What it does

Counts the lines that are empty or contain only white space, and reports the file once, at the first of them.

## Why it matters

Many training scripts and OpenAI's own data check begin with `[json.loads(line) for line in file]`, which raises an
error at a blank line. Readers that skip blank lines count lines differently from those that do not.

## Bad

```bytes
{"text": "A first paragraph."}\\n\\n{"text": "A second paragraph."}\\n
```

## Good

```bytes
{"text": "A first paragraph."}\\n{"text": "A second paragraph."}\\n
```

## What to do

Delete the blank lines: `datalint fix DATA --output FILE`.

## Known limits

Blank lines inside a JSON array or an indented JSON value have no meaning and are not reported. Neither are those of a
file in which strings go on in the next line, because they may be a part of a text, and those of a file of which no line
is JSON. A file that has only blank lines is left to `empty-file`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from datalint.api import Confidence, FileFacts, Fix, Hit, Options, Severity, counted, rule

#: What the reader says of a text that goes on in the next line.
_IN_STRING: Final = "a raw line break inside a string"


@rule(
    "FMT006",
    "blank-line",
    severity=Severity.WARNING,
    since="0.1",
    confidence=Confidence.HIGH,
    fix=Fix.layout("blank-lines"),
)
def blank_line(file: FileFacts, options: Options) -> Iterator[Hit]:
    """Yield one hit a file, at its first blank line."""
    first = file.first_blank
    if not file.blank_lines or first is None or file.container != "jsonl":
        return
    if any(problem.rule == "pretty-printed-json" for problem in file.problems):
        return
    if any(problem.rule == "empty-file" for problem in file.problems):
        return  # that the file has nothing else says more
    if any(_IN_STRING in problem.message for problem in file.problems):
        return  # what looks like a blank line may be within a text
    if file.rows_refused and not file.rows_read:
        return  # no line of it is JSON
    trailing = first + file.blank_lines > file.lines
    where = "at the end of the file" if trailing else f"the first on line {first:,}"
    yield Hit(f"{counted(file.blank_lines, 'blank line')}, {where}", line=first)

"""The first record of a table is a row, not the names of its columns.

## What it does

Reports a CSV or TSV file whose first record looks like the rows below it: it has a label that is also a value of its
column, a long text above long texts, or numbers above numbers. datalint then reads the record as a row, and calls the
columns `column-1`, `column-2` and so on.

## Why it matters

Loaders take the first record for the header. The first example is lost, and its texts become the names of the columns,
which no trainer knows.

## Bad

```bytes file=train.csv
list the flights from Boston to Denver on Monday,flight
how much is the cheapest ticket to Dallas please,airfare
which airline flies from Boston to Pittsburgh every day,airline
show me all flights that leave before noon,flight
what is the cheapest fare to Baltimore this week,airfare
```

## Good

```bytes file=train.csv
text,label
list the flights from Boston to Denver on Monday,flight
how much is the cheapest ticket to Dallas please,airfare
which airline flies from Boston to Pittsburgh every day,airline
show me all flights that leave before noon,flight
what is the cheapest fare to Baltimore this week,airfare
```

## What to do

Add a header such as `prompt,completion` or `text,label`. If the first record is a header, use `--header`; if datalint
takes a row for a header, use `--no-header`.

## Known limits

A record with a name that columns usually have (`text`, `answer`, `标签`), with numbers that count the columns, or with
less than three rows below it is taken for a header.
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import Confidence, FileFacts, Hit, Options, Severity, rule


@rule("FMT022", "headerless-table", severity=Severity.WARNING, since="0.1", confidence=Confidence.HIGH)
def headerless_table(file: FileFacts, options: Options) -> Iterator[Hit]:
    """Yield the reader's own problem, one a file."""
    yield from file.seen("headerless-table")

"""The first record of a table is a row, not the names of its columns.

## What it does

Reports a CSV or TSV file, or a sheet of a workbook, whose first record looks like the rows below it. datalint then
reads the record as a row and names the columns `column-1`, `column-2` and so on.

The first record looks like a row if it has:
- a label or a text that occurs again in its column
- a long text above long texts, or nearly the same text as the one next to it, as in the rows below
- numbers or lists of numbers above others, or a number from which the rows count on
- one short answer several times, as most rows have one
- a call, a pronunciation or signs above others (`request(area=north)`, `AH0 B AW1 T`)

Not reported:
- tables in files named `.txt`, which have no header by custom

## Why it matters

Loaders read the first record as the header. The first example is lost, and its texts become column names that no
trainer recognises.

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

Add a header that names each column, such as `prompt,completion` or `text,label`. If the first record is a header, use
`--header`; if datalint reads a row as the header, use `--no-header`.

## Known limits

A first record is read as a header if it contains a common column name (`text`, `answer`, `标签`), if its numbers count
the columns, or if fewer than three rows follow it.
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import FileFacts, Hit, Options, Severity, rule


@rule("FMT022", "headerless-table", severity=Severity.WARNING, since="0.1")
def headerless_table(file: FileFacts, options: Options) -> Iterator[Hit]:
    """Yield the reader's own problem, one a file."""
    yield from file.seen("headerless-table")

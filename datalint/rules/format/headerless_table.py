"""The first record of a table is a row, not the names of its columns.

## What it does

Reports a CSV or TSV file, or a sheet of a workbook, whose first record looks like the rows below it: it has a label
that also occurs in the column below, a long text above long texts, a text that its column has again, short sentences
that others begin with (`it is`, `it is good`), a text next to nearly the same text as in the rows below (corrections),
one word in two scripts like those below, a pronunciation above others (`AH0 B AW1 T`), numbers or lists of numbers
above others, a number from which the rows count on, a number alone as rows below have it, a text after a number as
below it, one short answer several times as most rows have one, a call above others (`request(area=north)`), or signs
alone above texts. datalint then reads the record as a row and names the columns `column-1`, `column-2` and so on.
Tables in files named `.txt` have no header by custom and are not reported.

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

"""A row of a table, a sheet or a text cannot be read, or not as other tools read it.

## What it does

In a CSV or TSV file, it reports every record that has more or fewer fields than the header, text after a closing quote,
a Git conflict marker, or the names of the header again, perhaps after the number of the row, as where files were joined
with their headers. It warns of rows that end with empty fields beyond the header's, which are read without them. A line
with a carriage return in a field that is not quoted is an error too, as pandas and `datasets` end the row there; if it
has as many fields as a row, it is read with a space in its place, and a fix writes it so. It warns of blanks between a
quote and a separator, without which the row is read, of fields in “…” with such blanks, and of a row with names of
columns that pandas made of it (`Unnamed: 3`, `yes.1`). In a workbook, it warns of what other tools read in another way:
a title above the header, merged cells that take several rows, and formulas without a value; in any table, of values
that stand in the first row of each run of rows only, as if cells were merged. In a text of pairs, it warns of lines
without the separator between prompt and response, or with several, and in one of tagged sentences in lines, of a blank
before the sign of a tag. In a file with a token, a blank and its tag on each line, it warns of lines with more words,
whose token has blanks.

A file without rows is one finding: tokens with tags of which no blank line ends a sentence, lines that are no texts,
such as ids, names of files or packages, and a JSON object with many values by their names.

## Why it matters

Loaders stop at the first such row, or skip it, and you train on fewer rows than you expect. One broken row is enough to
fail the gate.

## Bad

```bytes file=train.csv
prompt,completion
Hi,Hello
Is the dock open?,Yes, it is.
```

## Good

```bytes file=train.csv
prompt,completion
Hi,Hello
Is the dock open?,"Yes, it is."
```

## What to do

Correct the rows or delete them. In a table each row needs the fields of the header, and in a sheet its values. Write
tables with a library (`csv.writer`); don't join strings, and leave out the header where tables are joined.

## Known limits

At most 10,000 rows of a file are listed. All are counted as refused, and a finding says how many more there are.
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import FileFacts, Fix, Hit, Options, Severity, rule
from datalint.rules.common.refused_rows import refused_rows


@rule("FMT023", "invalid-row", severity=Severity.ERROR, since="0.1", fix=Fix.removal())
def invalid_row(file: FileFacts, options: Options) -> Iterator[Hit]:
    """Yield the reader's own problems, and how many rows it refused in addition to those that are listed."""
    yield from refused_rows(file, "invalid-row")

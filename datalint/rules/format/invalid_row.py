"""A row of a table, a sheet or a text cannot be read, or not as other tools read it.

## What it does

Reports a row of a table, a workbook or a text that cannot be read, or that other tools read in another way. A record of
a CSV or TSV file with more or fewer fields than the header is an error.

Errors:
- text after a closing quotation mark, and a Git conflict marker
- the names of the header again, as where files were joined with their headers
- a carriage return in a field that is not quoted: pandas and `datasets` end the row there
- as one finding, a file without rows: tokens whose sentences no blank line ends, ids or names of files, or a JSON
  object with many values by their names

Warnings:
- empty fields beyond the header's, or, without a header, that only most rows have at their ends
- fields in “…” instead of "…", and blanks between a quotation mark and a separator
- names of columns that pandas made of a row (`Unnamed: 3`, `yes.1`)
- in a workbook, a title above the header, merged cells that take several rows, and formulas without a value
- in any table, values in the first row of each run of rows only, as if cells were merged
- in a text of pairs, lines without a separator between prompt and response, or with several
- in tagged text, a blank before the sign of a tag, and a token with blanks

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

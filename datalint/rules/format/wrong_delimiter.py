"""A table's separator or quote character differs from what its name or the options say.

## What it does

Reports a CSV or TSV file once. As an error, where `--delimiter` names a separator that the records do not fit, while
another one fits: it names the first line that does not fit, and the option to use. As a warning, where the separator
that the records fit is not the one of the file's name (`;` in a `.csv`), or fields are quoted with `'`: datalint reads
the file with the one that fits.

## Why it matters

Loaders go by the name: pandas and Hugging Face `datasets` read a `.csv` with commas. A file with semicolons, as
spreadsheets write it where the comma is the decimal point, is then one column with a strange name, or fails at the
first text that has a comma.

## Bad

```bytes file=train.csv
prompt;completion
Name a mammal;A fox, a seal
Name a bird;A wren
Name a fish;A carp
```

## Good

```bytes file=train.csv
prompt,completion
Name a mammal,"A fox, a seal"
Name a bird,A wren
Name a fish,A carp
```

## What to do

Write the file again with commas (or tabs, named `.tsv`) and double quotes, or tell your loader the separator. If
datalint reads it wrongly, use `--delimiter` and `--quote`.

## Known limits

The separators that are tried are comma, semicolon, tab and vertical bar, on the first 200 records within 64 KiB.
A separator fits if nine of ten records have as many fields as the first one, and more than one.
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import Confidence, FileFacts, Hit, Options, Severity, rule


@rule(
    "FMT021",
    "wrong-delimiter",
    severity=Severity.ERROR,
    since="0.1",
    tags={"proposes-option"},
    confidence=Confidence.HIGH,
)
def wrong_delimiter(file: FileFacts, options: Options) -> Iterator[Hit]:
    """Yield the reader's own problems, one of the separator and one of the quotes."""
    yield from file.seen("wrong-delimiter")

r"""A table's separator or quote character differs from what its name or the options say.

## What it does

Reports a CSV or TSV file, once, whose separator or quote character is not what its name or the options say. It is an
error if the records do not fit the separator of `--delimiter` but fit another one. Otherwise it is a warning, and
datalint reads the file with the separator or quote character that fits.

Warnings:
- another separator than the extension implies (`;` in a `.csv`), or fields that are quoted with `'`
- quotation marks or separators that are escaped with a backslash (`"the \"old\" pier"`, `the pier\, closed`)
- fields that begin with a quotation mark that is text
- names in the header with blanks at an end (`text, label`) or in quotation marks
- words such as `\the dock\"`, whose marks were escaped and read without the escape character
- tabs on some lines and blanks on others, in a file with a token and its tag on each line
- a text file of which no line has the separator of `--delimiter`

Errors:
- a quoted field that holds several rows, because its closing quotation mark is missing
- a field that holds rows of another table, between tabs
- lines of text that are no table: their commas are part of the text, and no row is read

## Why it matters

Loaders rely on the extension: pandas and Hugging Face `datasets` read a `.csv` with commas. Spreadsheets write
semicolons in locales with a decimal comma. Such a file is then read as one column with a strange name, or loading
fails at the first text with a comma.

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

Write the file again with the usual separator, quotation marks and names, or set your loader to those of the finding.
The usual ones are commas, or tabs in `.tsv` and CoNLL, double quotes, and no blanks around names. Close the quoted
field that holds rows, or double the quotation mark if it is text. Name a file of texts `.txt`. If datalint reads a file
wrongly, use `--delimiter` and `--quote`.

## Known limits

Rows within a field are found if it holds at least two whole lines, and the table has five rows on one line. datalint
tries comma, semicolon, tab and vertical bar on the first 200 records within 64 KiB. A separator fits if the
first record has more than one field, and nine of ten records have as many fields as the first.
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import Confidence, FileFacts, Hit, Options, Severity, counted, rule


@rule(
    "FMT021",
    "wrong-delimiter",
    severity=Severity.ERROR,
    since="0.1",
    tags={"proposes-option"},
    confidence=Confidence.MEDIUM,
)
def wrong_delimiter(file: FileFacts, options: Options) -> Iterator[Hit]:
    """Yield the reader's own problems, one of the separator and one of the quotes, and one for a mixture."""
    yield from file.seen("wrong-delimiter")
    if file.tabbed and file.spaced:
        by = ((file.spaced, "blanks", file.first_spaced), (file.tabbed, "a tab", file.first_tabbed))
        (rare, name, first), (_, common, _) = sorted(by, key=lambda each: each[0])
        lines = f"{rare:,} of {counted(file.tabbed + file.spaced, 'line')} have {name} between their fields"
        where = f", the first on line {first:,}" if first else ""
        yield Hit(f"{lines}, the others {common}{where}; both are read", line=first, severity=Severity.WARNING)

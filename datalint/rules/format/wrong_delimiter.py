r"""A table's separator or quote character differs from what its name or the options say.

## What it does

Reports a CSV or TSV file once. The finding is an error if the records don't fit the separator of `--delimiter` but fit
another one; it names the first line that does not fit, and the option to use. The finding is a warning if the records
fit another separator than the file's extension implies (`;` in a `.csv`), or if fields are quoted with `'`; datalint
then reads the file with the separator or quote character that fits. So it does, with a warning, if quotation marks in
fields are escaped (`"the \"old\" pier"`) instead of doubled, and rows are broken otherwise, or if separators in fields
are escaped (`the pier\, closed`) instead of quoted. It is a warning too if fields begin with a quotation mark that is
text, since the lines are rows only if they are read so: other readers join rows there. Names in the header that begin
or end with blanks (`text, label`) are a warning too: the blanks are part of the keys, so that code that asks for
`label` finds none. So are names that have quotation marks as their first and last characters, in tables of any format,
as bad exports write them; datalint reads these names without them.

It is an error if hardly any line of a table has the fields of the first one, which is no header, and most are texts of
some words: each line is a text then, and its commas are part of it. Where a blank follows all commas, up to half of the
lines may have these fields. No row of such a file is read. Name the file `.txt`.

It is a warning if no line of a text file has the separator of `--delimiter`: each line is then read as a text.

In a file with a token and its tag on each line it is a warning if tabs separate them on some lines and blanks on
others: datalint reads both, while a reader that splits at tabs takes the other lines for a token without a tag.

An error is also a quoted field that holds several rows of the table, as the separators on each of its lines, their
length, and their numbers and classes say: where its closing quotation mark is missing, the field ends with the next
mark in the file. The finding is in the row in which the field begins; each such row is one. So is a field that holds
rows of another table between tabs, which begin with numbers in order or ids: the program that wrote the file read a
quotation mark in the wrong way. Rows with words such as `\the dock\"` are reported too, as their quotation marks were
escaped and read without the escape character.

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
The usual ones are commas, or tabs in `.tsv` and CoNLL, the same on all lines, double quotes, and no blanks around
names. Close the quoted field that holds rows, or double the quotation mark if it is text. If datalint reads it wrongly,
use `--delimiter` and `--quote`.

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

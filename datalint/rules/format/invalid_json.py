"""A row cannot be parsed.

## What it does

Reports every line that is not valid JSON, with the column, the reason, and a hint if the mistake is a common one: a
trailing comma, single quotes, a raw tab inside a string, a missing bracket. If the line can mean only one row all the
same, such as the printed dict of a Python program, this row is read and checked as all others are. A table has no JSON,
and the rule is the same: in a CSV or TSV file, it reports every record that has more or fewer fields than the header,
text after a closing quote, a Git conflict marker, or the names of the header again, perhaps after the number of the
row, as where files were joined with their headers. It warns of rows that end with empty fields beyond the header's, which are read without them.
It warns of blanks between a quote and a separator, without which the row is read, of fields in “…” with such blanks,
and of a row with names of columns that pandas made of it (`Unnamed: 3`, `yes.1`). In a workbook, it warns of what other
tools read in another way: a title above the header, merged cells that take several rows, and formulas without a value;
in any table, of values that stand in the first row of each run of rows only, as if cells were merged. In a text of
pairs, it warns of lines without the separator between prompt and response, or with several, and in one of tagged
sentences in lines, of a blank before the sign of a tag. In a file with a token, a blank and its tag on each line, it
warns of lines with more words, whose token has blanks. Tokens with tags of which no blank line ends a sentence are no
rows at all.

## Why it matters

Providers reject an upload at the first such line, often without naming it (openai-python#426). With loaders that skip
the line, you train on fewer rows than you expect. One broken line is enough to fail the gate.

## Bad

```bytes
{"prompt": "Hi", "completion": "Hello"}\\n{'prompt': 'Hi', 'completion': 'Hello'}\\n
```

## Good

```bytes
{"prompt": "Hi", "completion": "Hello"}\\n{"prompt": "Hey", "completion": "Hello"}\\n
```

## What to do

Correct the lines or delete them. `datalint fix` writes those as JSON that were read all the same, which changes nothing
of what they mean. In a table each row needs the fields of the header, and in a sheet its values. Write rows with a
library (`json.dumps` for JSON, `csv.writer` for tables); don't join strings, and leave out the header where tables are
joined.

## Known limits

A line is read all the same if only commas before a bracket or at its end, commas that are missing before a key or
between the objects of a list, comments, single quotes, keys without quotes, Python's `None`, `True`, `False` and
tuples, `\\'`, or raw tabs and other control characters in strings differ from JSON. So is a line of JSON Lines of which
only closing brackets are wrong: up to three at its end, which are missing, too many or others than those that close
what is open, or one before that, if there is only one row that the line can mean. Such a line may also have been cut.
So its row must have the keys of the first rows of the file at every level, its lists must end as theirs do, such as
with a message of the role `assistant`, and the line must not be the last one. Anything else could mean several things,
such as a quote that is not escaped, and such a line is refused. If a line that lacks brackets at its end has only the
outer keys of the next one, the finding names the brackets, and no fix removes the line.

At most 10,000 lines of a file are listed. All are counted as refused, and a finding says how many more there
are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from datalint.api import FileFacts, Fix, Hit, Options, Severity, rule

#: Lines that the reader lists.
_LISTED: Final = 10_000


@rule("FMT001", "invalid-json", severity=Severity.ERROR, since="0.1", fix=Fix.removal())
def invalid_json(file: FileFacts, options: Options) -> Iterator[Hit]:
    """Yield the reader's own problems, and how many lines it refused in addition to those that are listed."""
    listed = 0
    for hit in file.seen("invalid-json"):
        listed += 1
        # What is wrong with a row that was read is its line.
        yield replace(hit, row=None)
    refused = (problem for problem in file.problems if problem.record is None)
    more = file.rows_refused - sum(problem.rule != "wrong-encoding" for problem in refused)
    if listed >= _LISTED and more > 0:
        yield Hit(f"{more:,} more are refused, and not listed")

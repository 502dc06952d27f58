"""A line contains JSON that is not an object.

## What it does

Reports each line, or each element of a JSON array, that is a string, a number, a list, `true` or `null` instead of an
object with keys.

A row that has only one possible meaning is read, and reported once per file as a warning. `datalint fix` writes it as
that object. This applies to:
- a list of messages, and a list that contains one object
- a JSON file of ten or more lists of the same items, such as a text and its label
- a JSON file of ten or more long texts, or of lists of pairs of what is said and the answer
- texts that are objects of JSON, perhaps within a code fence

Texts that would be JSON except for typographic quotation marks (`“role”`) are read as texts. The warning says so:
replace the marks, and write each text as what it means.

## Why it matters

Trainers read rows by their keys, and such a row has none. OpenAI reports "Line 1 is not a dictionary"
(openai-python#426), and Arrow reports "changed from object to array" (datasets#7322).

## Bad

```bytes
{"text": "A first paragraph."}\\n["text", "A second paragraph."]\\n
```

## Good

```bytes
{"text": "A first paragraph."}\\n{"text": "A second paragraph."}\\n
```

## What to do

Make each row one object, such as `{"prompt": "…", "completion": "…"}`. Of a list with one object, keep the object.
Decode a string with JSON inside once (`json.loads`).

## Known limits

Elements of one line that are wrong in the same way are reported as one finding with their number, with at most 10,000
findings per file.

A JSON file of lists of a text and its spans, as spaCy trains on, is not reported, and a note says how it is read.

A row that is an object inside a string (`"{\\"text\\": …}"`) is reported as a string if others are not; parse it once
more.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from datalint.api import FileFacts, Fix, Hit, Options, Severity, rule


@rule("FMT002", "not-an-object", severity=Severity.ERROR, since="0.1", fix=Fix.removal())
def not_an_object(file: FileFacts, options: Options) -> Iterator[Hit]:
    """Yield the reader's own problems, those of one line that say the same as one."""
    alike: dict[tuple[int | None, str], list[Hit]] = {}
    for hit in file.seen("not-an-object"):
        # What was read all the same has one cause over all lines.
        alike.setdefault((hit.line if hit.severity is None else None, hit.message), []).append(hit)
    for (line, message), hits in alike.items():
        # A row that was read is none to remove; where it can only mean one object, it is written as this.
        hits = [replace(hit, fixable=hit.severity is None or hit.rewritable) for hit in hits]
        hits = [replace(hit, row=None) if hit.rewritable else hit for hit in hits]
        many = len(hits)
        if many == 1:
            yield hits[0]
        elif line is not None:
            yield replace(hits[0], message=f"{message}, {many:,} times on this line", key=message)
        else:
            # Of the file: what it stands for is not the row where it begins.
            message = f"{many:,} rows, the first on line {hits[0].line}: {message}"
            yield replace(hits[0], message=message, key=message, line=None, row=None)

"""The file's extension does not match its content.

## What it does

Reports a file whose extension and content disagree: gzip without `.gz`, one JSON array or a table named `.jsonl`, JSON
named `.txt` or `.csv`. JSON Lines named `.json` are a note, since common loaders read both by content.

## Why it matters

Trainers and providers choose a reader by the extension, so they reject the file or read it wrongly, although its
content is fine. datalint detects the format from the content.

## Bad

```bytes
\\x1f\\x8b\\x08\\x00\\x00\\x00\\x00\\x00\\x02\\x03\\xabV*I\\xad(Q\\xb2RPrT(H,JL/J,\\xc8\\xd0S\\xaa\\xe5\\x02\\x00\\xfa\\xc9O\\xfd\\x19\\x00\\x00\\x00
```

## Good

```bytes
{"text": "A paragraph."}\\n
```

## What to do

Rename the file to the extension that the finding names.

## Known limits

A file without an extension and input from a pipe are not reported. Nor are lines in a file named `.txt`, `.train` or
`.dev`, which stand for text in any form: tab-separated values, and tokens with their tags, are usual there.
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import FileFacts, Hit, Options, Severity, rule


@rule("FMT014", "wrong-extension", severity=Severity.WARNING, since="0.1")
def wrong_extension(file: FileFacts, options: Options) -> Iterator[Hit]:
    """Yield the reader's own problem, one a file."""
    yield from file.seen("wrong-extension")

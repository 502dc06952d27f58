"""A line contains bytes that are not UTF-8.

## What it does

Reports each line that is not valid UTF-8, with the offset of the first bad byte. The line is not read, and no bytes
are replaced.

Also reports a table or file of JSON Lines once for each column or key of which at least 80 % of the words are question
marks of different lengths: a program saved it in a code page that lacks the letters of the script.

## Why it matters

Readers that replace bytes that they can't decode (`errors="replace"`) write � into the text, and the model learns to
write it. Strict readers stop. Every provider's documentation asks for UTF-8.

## Bad

```bytes
{"prompt": "Wo?", "completion": "Im ersten \\xe2\\x82 Stock."}\\n
```

## Good

```bytes
{"prompt": "Wo?", "completion": "Im ersten Stock."}\\n
```

## What to do

Write the file again from its source as UTF-8. Characters that were cut in the middle of their bytes can't be restored,
nor can letters that question marks or replacement characters (U+FFFD) stand for.

## Known limits

If a file, or a whole line, is readable text in a legacy code page, `wrong-encoding` reports the file instead. Question
marks are looked for in the first rows. `replacement-character` finds them in the texts of other files.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from datalint.api import Confidence, FileFacts, Fix, Hit, Options, Severity, rule


@rule("FMT007", "invalid-utf8", severity=Severity.ERROR, since="0.1", confidence=Confidence.HIGH, fix=Fix.removal())
def invalid_utf8(file: FileFacts, options: Options) -> Iterator[Hit]:
    """Yield the reader's own problems."""
    for hit in file.seen("invalid-utf8"):
        yield replace(hit, fixable=hit.path is None, key=hit.path)

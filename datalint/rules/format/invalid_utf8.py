"""A line contains bytes that are not UTF-8.

## What it does

Reports each line that is not valid UTF-8, with the offset of the first bad byte. The line is not read, and no bytes
are replaced.

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

Write the file again from its source as UTF-8. Characters that were cut in the middle of their bytes can't be restored.

## Known limits

If a file, or a whole line, is readable text in a legacy code page, `wrong-encoding` reports the file instead.
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import Confidence, FileFacts, Fix, Hit, Options, Severity, rule


@rule("FMT007", "invalid-utf8", severity=Severity.ERROR, since="0.1", confidence=Confidence.HIGH, fix=Fix.removal())
def invalid_utf8(file: FileFacts, options: Options) -> Iterator[Hit]:
    """Yield the reader's own problems."""
    yield from file.seen("invalid-utf8")

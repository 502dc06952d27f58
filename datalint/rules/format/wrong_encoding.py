"""The file is UTF-16, UTF-32 or in a legacy code page.

## What it does

Reports, once per file, text that is not UTF-8 but plausible in another encoding: UTF-16 or UTF-32 by its byte-order
mark or its zero bytes, GB18030 or cp1252 by the letters that it would give.

## Why it matters

Windows tools still save "Unicode" as UTF-16, and a spreadsheet's CSV comes in the system's code page. JSON
is exchanged as UTF-8 (RFC 8259, section 8.1), and trainers and providers read nothing else.

## Bad

```bytes
{"prompt": "Wo?", "completion": "Im Caf\\xe9 gegen\\xfcber."}\\n
```

## Good

```bytes
{"prompt": "Wo?", "completion": "Im Caf\\xc3\\xa9 gegen\\xc3\\xbcber."}\\n
```

## What to do

Convert the file to UTF-8 from the encoding that is named: `iconv -f CP1252 -t UTF-8 data.jsonl >
utf8.jsonl`.

## Known limits

A code page can only be guessed; read the converted text before you train on it.
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import Confidence, FileFacts, Fix, Hit, Options, Severity, rule


@rule(
    "FMT008",
    "wrong-encoding",
    severity=Severity.ERROR,
    since="0.1",
    confidence=Confidence.HIGH,
    fix=Fix.layout("encoding"),
)
def wrong_encoding(file: FileFacts, options: Options) -> Iterator[Hit]:
    """Yield the reader's own problem, one a file."""
    yield from file.seen("wrong-encoding")

"""The file is encoded in UTF-16, UTF-32 or a legacy code page.

## What it does

Reports a file once if its text is not UTF-8 but plausible in another encoding. UTF-16 and UTF-32 are recognised by the
byte-order mark or the zero bytes, GB18030 and cp1252 by the letters that decoding gives.

## Why it matters

Windows tools still save "Unicode" as UTF-16, and spreadsheets save CSV in the system's code page. JSON is exchanged as
UTF-8 (RFC 8259, section 8.1), and trainers and providers read nothing else.

## Bad

```bytes
{"prompt": "Wo?", "completion": "Im Caf\\xe9 gegen\\xfcber."}\\n
```

## Good

```bytes
{"prompt": "Wo?", "completion": "Im Caf\\xc3\\xa9 gegen\\xc3\\xbcber."}\\n
```

## What to do

Convert the file to UTF-8 from the encoding that the finding names: `iconv -f ENCODING -t UTF-8 data.jsonl > utf8.jsonl`.

## Known limits

The code page is a guess, so read the converted text before you train on it.
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

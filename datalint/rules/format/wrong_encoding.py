"""The file is encoded in UTF-16, UTF-32 or a legacy code page.

## What it does

Reports a file once if its text is not UTF-8 but plausible in another encoding, and names the first lines that are not.
UTF-16 and UTF-32 are recognised by the byte-order mark or the zero bytes, GB18030, cp949, cp1250, cp1251, cp1252,
cp1254 and Mac Roman ("macintosh") by the letters that decoding gives. The lines at the beginning of a file decide its
code page: others that are not UTF-8 are read in it too, and in GB18030 and cp949, whose characters of two bytes may be
letters of UTF-8 as well ("谢谢" and "лл"), some that are. So are a few that are UTF-8 by chance, one in 50 at most.

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

Convert the text to UTF-8: `datalint fix DATA --output FILE`. `iconv` does so too, with the encoding that the finding
names, unless other lines of the file are UTF-8, which it would damage.

## Known limits

The code page is a guess, so read the converted text before you train on it. At most 10,000 lines are counted, and those
of a table of which many lines are not UTF-8 are not. A table with a column of question marks is reported by
`invalid-utf8` instead, as no conversion restores its letters.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from datalint.api import Confidence, FileFacts, Fix, Hit, Options, Severity, rule

#: Lines that a message names.
_NAMED: Final = 5


@rule(
    "FMT008",
    "wrong-encoding",
    severity=Severity.ERROR,
    since="0.1",
    confidence=Confidence.MEDIUM,
    fix=Fix.layout("encoding"),
    each="file",
)
def wrong_encoding(file: FileFacts, options: Options) -> Iterator[Hit]:
    """Yield the reader's first problem, with the lines of all."""
    found = list(file.seen("wrong-encoding"))
    if any(hit.path is not None for hit in file.seen("invalid-utf8")):
        return  # the letters of a column are lost, and no conversion restores them
    lines = [f"{hit.line:,}" for hit in found if hit.line is not None]
    for hit in found[:1]:
        said = hit.message
        if len(lines) > 1:
            listed = ", ".join(lines[:_NAMED]) + (", …" if len(lines) > _NAMED else "")
            said += f", on {len(lines):,} lines: {listed}"
        # Which lines they are may change, and the finding stays the same: it is about the file.
        yield replace(hit, message=said, row=None, key=hit.message)

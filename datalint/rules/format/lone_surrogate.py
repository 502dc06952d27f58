"""A text contains half of a character.

## What it does

Reports an escape such as `\\ud83d` that is not followed by its second half (or the second without the
first).

## Why it matters

Characters beyond U+FFFF, most emoji among them, are written as two escapes in JSON. A text that was cut
between them can't be encoded: tokenizers and `print` raise UnicodeEncodeError, often hours into a run.

## Bad

```jsonl
{"prompt": "How was it?", "completion": "Great \\ud83d"}
```

## Good

```jsonl
{"prompt": "How was it?", "completion": "Great \\ud83d\\ude00"}
```

## What to do

Cut texts by characters and before they are escaped, not by bytes or in the JSON text. Then write the row again.

## Known limits

Other rules see such a character as the escape it came from.
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import Confidence, Hit, Options, Record, Severity, rule


@rule("FMT012", "lone-surrogate", severity=Severity.ERROR, since="0.1", requires={"json"}, confidence=Confidence.HIGH)
def lone_surrogate(record: Record, options: Options) -> Iterator[Hit]:
    """Yield what the reader noticed."""
    yield from record.seen("lone-surrogate")

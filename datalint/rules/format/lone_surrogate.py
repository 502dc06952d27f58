"""A text contains half of a character.

## What it does

Reports an escape such as `\\ud83d` that is not followed by its second half, or a second half without its first.

## Why it matters

Characters beyond U+FFFF, such as most emoji, are written as two escapes in JSON. A text that was cut between the two
can't be encoded: tokenizers and `print` raise UnicodeEncodeError, often hours into a run.

## Bad

```jsonl
{"prompt": "How was it?", "completion": "Great \\ud83d"}
```

## Good

```jsonl
{"prompt": "How was it?", "completion": "Great \\ud83d\\ude00"}
```

## What to do

Cut texts by characters before they are escaped, not by bytes or in the JSON text. Then write the row again.

## Known limits

Other rules read such a character as its escape sequence.
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import Confidence, Hit, Options, Record, Severity, rule


@rule("FMT012", "lone-surrogate", severity=Severity.ERROR, since="0.1", requires={"json"}, confidence=Confidence.HIGH)
def lone_surrogate(record: Record, options: Options) -> Iterator[Hit]:
    """Yield what the reader noticed."""
    yield from record.seen("lone-surrogate")

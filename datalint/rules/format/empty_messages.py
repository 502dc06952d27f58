"""A conversation has no messages.

## What it does

Reports a `messages` or `conversations` list that is empty, or another one that `--columns messages=KEY` or a guess
reads as the whole conversation.

## Why it matters

There is nothing to train on. OpenAI's own check reports a missing list, Together rejects the file, and other trainers
silently drop the row.

## Bad

```jsonl
{"messages": []}
```

## Good

```jsonl
{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello!"}]}
```

## What to do

Delete the row, or find out where its messages were lost.

## Known limits

An empty side of a preference is reported as `empty-preference-side`. A list of the turns before a prompt may be empty.
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import Confidence, Fix, Hit, Options, Record, Severity, rule


@rule(
    "FMT201",
    "empty-messages",
    severity=Severity.ERROR,
    since="0.1",
    requires={"invalid"},
    confidence=Confidence.HIGH,
    fix=Fix.removal(),
)
def empty_messages(record: Record, options: Options) -> Iterator[Hit]:
    """Yield what the shape's schema holds against the list of messages."""
    yield from record.seen("empty-messages")

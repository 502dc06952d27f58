"""A list of messages contains an item that is not a message.

## What it does

Reports an element of a conversation that is a string, a number, a list or null instead of an object with role and
content.

## Why it matters

Trainers read a message by its keys, so a string raises a TypeError while the data is loaded. A null is often the
padding of a table that was written back to JSON.

## Bad

```jsonl
{"messages": [{"role": "user", "content": "Hi"}, "Hello!"]}
```

## Good

```jsonl
{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello!"}]}
```

## What to do

Write each message as an object with its role and its content.

## Known limits

The turns that are objects are still read, so other rules check the row without the broken turn.
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import Confidence, Hit, Options, Record, Severity, rule


@rule(
    "FMT202",
    "message-not-object",
    severity=Severity.ERROR,
    since="0.1",
    requires={"invalid"},
    confidence=Confidence.HIGH,
)
def message_not_object(record: Record, options: Options) -> Iterator[Hit]:
    """Yield what the shape's schema holds against what stands among the messages."""
    yield from record.seen("message-not-object")

"""A list of messages contains an item that is not a message.

## What it does

Reports an element of a conversation that is a string, a number, a list or null instead of an object with role and
content.

## Why it matters

Trainers read a message by its keys, so a string raises a TypeError while the data is loaded. A null is often the
padding of a table that was written back to JSON.

If all elements of a list are strings, nothing says who wrote them, and they are one finding. They may be what a user
says in a test, or the turns of two speakers who alternate, which `--columns messages=KEY` reads. In an evaluation set
most of whose lists have a single string, they are read as prompts.

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

from collections.abc import Iterator, Sequence

from datalint.api import Confidence, Hit, Options, Record, Severity, rule
from datalint.rules.common.text_lists import are_texts


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
    shown = set()
    for hit in record.seen("message-not-object"):
        path = (hit.path or "").rpartition("[")[0]
        place = record.place(path) if path else None
        if place is None or not are_texts(place[1], 2):
            yield hit
        elif path not in shown:
            shown.add(path)
            yield Hit(f"all messages are strings without a role{_option(place[0])}", path=path)


def _option(steps: Sequence[object]) -> str:
    """Return what to do if texts are turns of two speakers who alternate; empty for a side of a preference."""
    whole = len(steps) == 1 and steps[0] in ("messages", "conversations")
    return f"; if the user and the assistant alternate: --columns messages={steps[0]}" if whole else ""

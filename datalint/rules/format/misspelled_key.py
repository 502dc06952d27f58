"""A key looks like a misspelling of one that trainers read.

## What it does

In rows that fit no shape or violate the schema of their shape, compares the keys of the row, of its messages and of
called functions with those that trainers read, and reports near misses: `mesages`, `Role`, `toolCalls`, `promt`. In
valid rows, it looks only for a misspelled `input`, `system`, `history` or `tools`. These keys are optional, so no
other rule notices that they are missing.

## Why it matters

To a trainer, a key with one wrong letter is a missing key. Trainers ignore unknown keys, so the mistake causes an
error about something else, or no error at all.

## Bad

```jsonl
{"messages": [{"Role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}
{"instruction": "Translate into French.", "inptu": "Good morning", "output": "Bonjour"}
```

## Good

```jsonl
{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}
{"instruction": "Translate into French.", "input": "Good morning", "output": "Bonjour"}
```

## What to do

Rename the key as suggested.

## Known limits

A near miss is one edit away, or two in words of eight letters or more. A key is not reported if the row also has the
expected key, or if its value has the wrong type for that key. In valid rows, the keys of messages are not checked. If
a key of the row differs only in case (`Question`), datalint reads it as it is, or `unknown-shape` suggests what to
type.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from datalint.api import Edit, Fix, Hit, Options, Record, Rename, Severity, excerpt, json_path, rule
from datalint.rules.common.spelling import DISPENSABLE, misspelled


@rule(
    "FMT106",
    "misspelled-key",
    severity=Severity.WARNING,
    since="0.1",
    requires={"invalid", "unknown", "misspelled"},
    fix=Fix.edit(safe=True),
)
def misspelled_key(record: Record, options: Options) -> Iterator[Hit]:
    """Yield a hit for each misspelled key, at the first place where the row has it."""
    seen: set[tuple[str, str]] = set()
    if not record.violations and record.shape != "unknown":
        for key, meant in misspelled(record.value, "row"):
            if meant in DISPENSABLE:
                yield Hit(
                    f'key "{excerpt(key, 40)}" looks like "{meant}", and nothing reads it', path=json_path((key,))
                )
        return
    unread = record.shape == "unknown"
    for path, value, context in _objects(record):
        for key, meant in misspelled(value, context):
            # Capitals are how a table writes its header: what they mean is for unknown-shape to say, or a guess.
            if unread and context == "row" and key.lower() == meant:
                continue
            if (context, key) not in seen:
                seen.add((context, key))
                yield Hit(f'key "{excerpt(key, 40)}" looks like "{meant}"', path=json_path((key,), path))


@misspelled_key.repair
def _renamed(record: Record, options: Options) -> Iterator[Edit]:
    """Rename every key that the rule reports, and the same in the other objects of the row."""
    unread = record.shape == "unknown"
    in_order = not record.violations and not unread
    taken: set[tuple[str, str]] = set()
    for path, value, context in [("$", record.value, "row")] if in_order else _objects(record):
        for key, meant in misspelled(value, context):
            if (in_order and meant not in DISPENSABLE) or (unread and context == "row" and key.lower() == meant):
                continue
            place = record.place(path)
            if place is not None and (path, meant) not in taken:
                taken.add((path, meant))
                yield Rename((*place[0], key), meant)


def _objects(record: Record) -> Iterator[tuple[str, dict[str, Any], str]]:
    yield "$", record.value, "row"
    lists = {key: record.value[key] for key, meant in misspelled(record.value, "row") if meant in _CHATS}
    more = (
        (json_path((key, index)), turn)
        for key, turns in lists.items()
        if isinstance(turns, list)
        for index, turn in enumerate(turns)
        if isinstance(turn, dict)
    )
    for path, message in (*record.messages(), *more):
        yield path, message, "message"
        calls = message.get("tool_calls")
        for index, call in enumerate(calls if isinstance(calls, list) else ()):
            function = call.get("function") if isinstance(call, dict) else None
            if isinstance(function, dict):
                yield f"{path}.tool_calls[{index}].function", function, "function"


_CHATS = frozenset(("messages", "conversations", "prompt", "completion", "chosen", "rejected"))

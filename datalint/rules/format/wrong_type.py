"""A value has the wrong JSON type.

## What it does

Compares each row with the JSON Schema of its shape, and reports values of another type than the key's: an
object where text belongs, `null` for a prompt, a string instead of a list of messages.

## Why it matters

With `output` as an object, LLaMA-Factory drops every row as an "invalid example" (#4249). Other trainers
train on the Python spelling of the value (`{'answer': …}`).

## Bad

```jsonl
{"instruction": "Add 2 and 2.", "input": "", "output": {"answer": "4"}}
```

## Good

```jsonl
{"instruction": "Add 2 and 2.", "input": "", "output": "4"}
```

## What to do

Write the value in the type that the finding names. If the model should answer with an object, store it as JSON text in
a string.

## Known limits

Keys that the shape doesn't know may hold anything. What is wrong inside messages has rules of its own
(`null-content`, `bad-content-part`, `message-not-object`).
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import Hit, Options, Record, Severity, rule


@rule(
    "FMT105",
    "wrong-type",
    severity=Severity.ERROR,
    since="0.1",
    requires={"invalid"},
)
def wrong_type(record: Record, options: Options) -> Iterator[Hit]:
    """Yield the schema's violations."""
    yield from record.seen("wrong-type")

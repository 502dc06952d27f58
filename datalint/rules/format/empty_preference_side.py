"""One side of a preference is empty.

## What it does

Reports a chosen or rejected side without a turn, or whose last answer holds nothing but white space and calls no
tool.

## Why it matters

A pair teaches the difference between two answers, and any answer is better than an empty one. The training run fails
or teaches nothing (LLaMA-Factory#3364).

## Bad

```jsonl
{"prompt": "Two plus two?", "chosen": "Four.", "rejected": ""}
```

## Good

```jsonl
{"prompt": "Two plus two?", "chosen": "Four.", "rejected": "Five."}
```

## What to do

Write the missing answer, or delete the pair.
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import Confidence, Fix, Hit, Options, Record, Severity, rule


@rule(
    "FMT504",
    "empty-preference-side",
    severity=Severity.ERROR,
    since="0.1",
    requires={"preference"},
    confidence=Confidence.HIGH,
    fix=Fix.removal(),
)
def empty_preference_side(record: Record, options: Options) -> Iterator[Hit]:
    """Yield a hit for each side that says nothing."""
    yield from record.seen("empty-preference-side")
    last = {side: (text, path) for _, text, path, side in record.turns if side}
    calling = [path for path, turn in record.messages() if turn.get("tool_calls")]
    for side, (text, path) in last.items():
        if not text.strip() and not any(path.startswith(f"{call}.") for call in calling):
            yield Hit(f"the {side} side is empty", path=path)

"""Steps and their labels differ in number.

## What it does

Compares the lengths of `completions` and `labels` in rows of stepwise supervision.

## Why it matters

Each label says whether the step at its position is correct. TRL and axolotl pair steps and labels by position: the
longer list is cut, or all steps after the gap get the labels of their neighbours.

## Bad

```jsonl
{"prompt": "2 + 3 * 4?", "completions": ["3 * 4 = 12.", "2 + 12 = 14."], "labels": [true]}
```

## Good

```jsonl
{"prompt": "2 + 3 * 4?", "completions": ["3 * 4 = 12.", "2 + 12 = 14."], "labels": [true, true]}
```

## What to do

Add the missing labels, or split the answer into the steps that were labelled.
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import Confidence, Hit, Options, Record, Severity, rule


@rule(
    "FMT507",
    "stepwise-length-mismatch",
    severity=Severity.ERROR,
    since="0.1",
    requires={"stepwise"},
    confidence=Confidence.HIGH,
)
def stepwise_length_mismatch(record: Record, options: Options) -> Iterator[Hit]:
    """Yield a hit when both are lists of different lengths."""
    steps, labels = record.value.get("completions"), record.value.get("labels")
    if isinstance(steps, list) and isinstance(labels, list) and len(steps) != len(labels):
        yield Hit(f"{len(steps)} steps have {len(labels)} labels", path="$.labels")

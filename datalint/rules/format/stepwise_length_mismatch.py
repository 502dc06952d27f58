"""Steps and their labels differ in number.

## What it does

Compares the lengths of `completions` and `labels` in rows of stepwise supervision, or of `steps` and their numbers, such
as `rewards`.

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
from datalint.rules.common.step_keys import steps_with_marks


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
    keys = steps_with_marks(record.value)
    if keys is None:
        return
    steps, labels = (len(record.value[key]) for key in keys)
    if steps != labels:
        yield Hit(f"{steps} steps have {labels} {keys[1]}", path=f"$.{keys[1]}")

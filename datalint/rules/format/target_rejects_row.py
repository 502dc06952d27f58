"""A target rejects the row.

## What it does
Compares each row with what the trainers and providers of `--target` accept: their formats, keys, roles, orders of
turns, content, tool calls and tool arguments. Reports rows that one of them rejects or fails on, with the reason.

## Why it matters
Most providers reject the whole file because of one such row, often hours after the upload. Trainers stop with an error
when they reach the row.

## Bad
```toml config
target = "openai"
```
```jsonl
{"messages": [{"role": "human", "content": "When is the office open?"}, {"role": "assistant", "content": "On weekdays."}]}
```
## Good
```toml config
target = "openai"
```
```jsonl
{"messages": [{"role": "user", "content": "When is the office open?"}, {"role": "assistant", "content": "On weekdays."}]}
```
## What to do
Change the rows to a form that the target reads; most of them can be converted:
`datalint convert DATA --target TARGET --output FILE`. `datalint target NAME` shows the form.
## Fix
Safe: `datalint fix` writes tool arguments as JSON text or as objects, whichever all named targets read.
## Known limits
Targets change without notice. `datalint targets` shows the date of the facts.
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import Confidence, Edit, Fix, Hit, Options, Record, Severity, rule
from datalint.rules.common.treatments import faults, hit, in_other_form


@rule(
    "FMT702",
    "target-rejects-row",
    severity=Severity.ERROR,
    since="0.2",
    requires={"target"},
    needs={"target"},
    gated=False,
    confidence=Confidence.HIGH,
    fix=Fix.edit(safe=True),
)
def target_rejects_row(record: Record, options: Options) -> Iterator[Hit]:
    """Yield a hit for each reason of each target."""
    for target, fault in faults(record, ("rejects",)):
        yield hit(target, fault, "rejects the row")


@target_rejects_row.repair
def with_other_arguments(record: Record, options: Options) -> Iterator[Edit]:
    """Write tool arguments in the form that the targets read."""
    yield from in_other_form(record)

"""A target silently drops, truncates or alters the row.

## What it does
Reports rows that a trainer or provider of `--target` accepts but does not train on as they are: it skips them,
truncates them, or reads them differently. Lengths are checked only with `--model`, which counts tokens exactly.

## Why it matters
Training continues without a message, or with only a line in a long log. The model learns from fewer rows than you
have, or learns to stop in the middle of an answer.

## Bad
```toml config
target = "llama-factory"
```
```jsonl
{"conversations": [{"from": "human", "value": "When is the office open?"}, {"from": "human", "value": "On Sunday?"}, {"from": "gpt", "value": "No."}]}
```
## Good
```toml config
target = "llama-factory"
```
```jsonl
{"conversations": [{"from": "human", "value": "When is the office open? On Sunday?"}, {"from": "gpt", "value": "No."}]}
```
## What to do
Change the rows to a form that the target reads, or change its settings: `datalint target NAME` shows both. Shorten or
split long rows.
## Fix
Safe: `datalint fix` writes tool arguments as JSON text or as objects, whichever all named targets read.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from datalint.api import Confidence, Edit, Fix, Hit, Options, Record, Severity, rule
from datalint.rules.common.treatments import faults, hit, in_other_form

_VERBS: Final = {
    "drops": "drops the row",
    "truncates": "truncates the row",
    "alters": "reads the row otherwise",
}


@rule(
    "FMT703",
    "target-drops-row",
    severity=Severity.WARNING,
    since="0.2",
    requires={"target"},
    needs={"target"},
    gated=False,
    confidence=Confidence.HIGH,
    fix=Fix.edit(safe=True),
)
def target_drops_row(record: Record, options: Options) -> Iterator[Hit]:
    """Yield a hit for each reason of each target."""
    for target, fault in faults(record, tuple(_VERBS)):
        yield hit(target, fault, _VERBS[fault.outcome])


@target_drops_row.repair
def with_other_arguments(record: Record, options: Options) -> Iterator[Edit]:
    """Write tool arguments in the form that the targets read."""
    yield from in_other_form(record)

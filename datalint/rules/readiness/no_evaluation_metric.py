"""Nothing says how the trained model will be evaluated.

## What it does
Reports a plan without `metric`. The message says whether there is an evaluation set.

## Why it matters
Having no evaluation method is one of the guide's anti-patterns: hold out an evaluation set, and use automated metrics
and human review. Without a metric, it is easy to read results until they look good.

## Bad
```toml config
[plan]
method = "lora"
```
```jsonl
{"prompt": "Reply to: my parcel is late", "completion": "Sorry for the wait! Please send me the number."}
```
## Good
```toml config
[plan]
method = "lora"
metric = "exact-match"
```
```jsonl
{"prompt": "Reply to: my parcel is late", "completion": "Sorry for the wait! Please send me the number."}
```
## What to do
Set `metric` to the metric: exact-match, F1, or a rubric and who applies it. Hold out rows with `datalint split`.
## Known limits
The choice of metric is not checked. RDY001 reports a missing evaluation set.
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import Dataset, Hit, Options, Severity, rule


@rule(
    "RDY103",
    "no-evaluation-metric",
    severity=Severity.WARNING,
    since="0.2",
    needs={"plan"},
)
def no_evaluation_metric(data: Dataset, options: Options) -> Iterator[Hit]:
    """Yield a hit for a plan without a metric."""
    from datalint.rules.common.plan import against, checks

    yield from against(data, checks.no_evaluation_metric)

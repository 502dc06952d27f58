"""There is no result of the base model with a good prompt.

## What it does
Reports a plan without `prompt-baseline`.

## Why it matters
Not comparing with the base model and a good prompt is one of the guide's anti-patterns. Without this comparison,
nothing shows that training helped, or that it was necessary.

## Bad
```toml config
[plan]
base-model = "Qwen/Qwen3-4B"
```
```jsonl
{"prompt": "Reply to: my parcel is late", "completion": "Sorry for the wait! Please send me the number."}
```
## Good
```toml config
[plan]
base-model = "Qwen/Qwen3-4B"
prompt-baseline = 0.62
```
```jsonl
{"prompt": "Reply to: my parcel is late", "completion": "Sorry for the wait! Please send me the number."}
```
## What to do
Evaluate the base model with a good prompt on the evaluation set, and set `prompt-baseline` to the result.
## Known limits
The value is not checked.
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import Dataset, Hit, Options, Severity, rule


@rule(
    "RDY102",
    "no-baseline",
    severity=Severity.WARNING,
    since="0.2",
    needs={"plan"},
)
def no_baseline(data: Dataset, options: Options) -> Iterator[Hit]:
    """Yield a hit for a plan without a result of the base model."""
    from datalint.rules.common.plan import against, checks

    yield from against(data, checks.no_baseline)

"""The largest model is to be trained, and no smaller one was tried.

## What it does
Reports a base model that is the largest of the models in the plan (`models` and `base-model`), if none of the smaller
ones has a result. Also reports a model of more than `small` parameters if it is the only model in the plan. Sizes come
from the `config.json` of the base model, from the table of known models, or from the name (`8B`).

## Why it matters
Starting with the largest model is one of the guide's anti-patterns: start with the smallest model that works. A larger
model costs more for every call, as long as you use it.

## Bad
```toml config
[plan]
base-model = "Qwen/Qwen3-32B"
models = { "Qwen/Qwen3-4B" = false }
```
```jsonl
{"prompt": "Reply to: my parcel is late", "completion": "Sorry for the wait! Please send me the number."}
```
## Good
```toml config
[plan]
base-model = "Qwen/Qwen3-32B"
models = { "Qwen/Qwen3-4B" = 0.71 }
```
```jsonl
{"prompt": "Reply to: my parcel is late", "completion": "Sorry for the wait! Please send me the number."}
```
## What to do
Evaluate a smaller model with a good prompt, or train it first, and add its result to `models`.
## Known limits
Models of unknown size are ignored.
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import Dataset, Hit, Options, Severity, frozen, option, rule


@frozen
class LargestModelFirstOptions(Options):
    """What is too much."""

    small: int = option(
        9_000_000_000,
        "parameters up to which the only model is not called large",
        source="convention: most sources start with 7B or 8B",
    )


@rule(
    "RDY104",
    "largest-model-first",
    severity=Severity.WARNING,
    since="0.2",
    needs={"plan"},
)
def largest_model_first(data: Dataset, options: LargestModelFirstOptions) -> Iterator[Hit]:
    """Yield a hit for a plan that starts with the largest model."""
    from datalint.rules.common.plan import against, checks

    yield from against(data, lambda plan, facts: checks.largest_model_first(plan, facts, small=options.small))

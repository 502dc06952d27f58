"""Epochs, steps or rank are outside of the recommended range.

## What it does
Reports more than `most-epochs` epochs over fewer than `few` effective examples, fewer than `few-steps` optimizer steps,
and a rank under `least-rank` or over `most-rank`.

## Why it matters
With few examples, the model memorises more of them in each further epoch: under 100 examples, the guide expects
overfitting and no improvement. A run with few steps ends before its learning rate has warmed up.

## Bad
```toml config
[plan]
epochs = 20
batch = 1
```
```jsonl
{"prompt": "Reply to: my parcel is late", "completion": "Sorry for the wait! Please send me the number."}
```
## Good
```toml config
[plan]
epochs = 2
batch = 1
```
```jsonl vary=60
{"prompt": "{w}", "completion": "{w}"}
```
## What to do
Train 1 to 3 epochs, or collect more examples. `datalint advise` proposes values with their sources.
## Known limits
Sources disagree: LIMA trains 15 epochs on 1,000 chosen examples, so epochs are reported only for few examples. With
packing, a run has fewer steps than are counted here.
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import Dataset, Hit, Options, Severity, frozen, option, rule


@frozen
class OverfittingPlanOptions(Options):
    """What is too much."""

    most_epochs: float = option(3, "epochs over few examples", source="Unsloth, Predibase, LLaMA-Factory: 1 to 3")
    few: int = option(500, "effective examples up to which epochs are limited", source="the guide: minimum 500")
    few_steps: int = option(50, "optimizer steps", source="convention: a warm-up takes 5 to 10 % of the steps")
    least_rank: int = option(4, "rank", source="LoRA (arXiv:2106.09685): ranks from 1 to 64, 4 in most experiments")
    most_rank: int = option(256, "rank", source="Biderman et al. 2024 (arXiv:2405.09673): ranks 16, 64 and 256")


@rule(
    "RDY107",
    "overfitting-plan",
    severity=Severity.WARNING,
    since="0.2",
    needs={"plan", "near"},
)
def overfitting_plan(data: Dataset, options: OverfittingPlanOptions) -> Iterator[Hit]:
    """Yield a hit for each value of a plan that is outside."""
    from datalint.rules.common.plan import against, checks

    yield from against(
        data,
        lambda plan, facts: checks.overfitting_plan(
            plan,
            facts,
            most_epochs=options.most_epochs,
            few=options.few,
            few_steps=options.few_steps,
            ranks=(options.least_rank, options.most_rank),
        ),
    )

"""A prompt, or the unchanged base model, would be enough.

## What it does
Reports a plan whose goal is output format or general questions, and a plan without a goal if nearly all answers are
JSON objects with the same keys. A plan with `prompt-solves = false` is never reported, and one with `prompt-solves =
true` always is.

## Why it matters
The guide advises against fine-tuning for output format (use a prompt) and for general questions (use the base model). A
JSON Schema that constrains decoding gives the format without training.

## Bad
```toml config
[plan]
goal = "output-format"
```
```jsonl
{"prompt": "Reply to: my parcel is late", "completion": "Sorry for the wait! Please send me the number."}
```
## Good
```toml config
[plan]
goal = "output-format"
prompt-solves = false
```
```jsonl
{"prompt": "Reply to: my parcel is late", "completion": "Sorry for the wait! Please send me the number."}
```
## What to do
Evaluate a prompt with examples and structured outputs. If the result is not good enough, set `prompt-solves = false`.
## Known limits
datalint can't check whether the results were measured.
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import Dataset, Hit, Options, Severity, rule


@rule(
    "RDY106",
    "prompt-would-do",
    severity=Severity.WARNING,
    since="0.2",
    needs={"plan"},
)
def prompt_would_do(data: Dataset, options: Options) -> Iterator[Hit]:
    """Yield a hit for a plan that a prompt would make unnecessary."""
    from datalint.rules.common.plan import against, checks

    yield from against(data, checks.prompt_would_do)

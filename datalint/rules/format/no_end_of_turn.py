"""No end-of-turn token follows the answers.

## What it does
Renders each row with the chat template of `--model`, and counts rows in which nothing follows the last answer.

## Why it matters
A model that never sees an end-of-turn token does not learn to stop and generates text until the token limit. Trainers
that render rows with the template don't add the token.

## Bad
```toml config
model = "fixtures/models/strict"
```
```jsonl
{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}
```
## Good
```toml config
model = "fixtures/models/chatml"
```
```jsonl
{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}
```
## What to do
Train with a template that ends answers with the end-of-turn token, or use the trainer's option that adds one
(`eos_token` in TRL, `train_on_eos` in axolotl).
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from datalint.api import Confidence, Dataset, Hit, Options, Severity, counted, rule


@rule(
    "FMT806",
    "no-end-of-turn",
    severity=Severity.WARNING,
    since="0.2",
    needs={"model"},
    confidence=Confidence.HIGH,
)
def no_end_of_turn(data: Dataset, options: Options) -> Iterator[Hit]:
    """Yield one hit, at the first row without an end."""
    rows = data.examples.filter(pl.col("unended"))
    if rows.height:
        rendered = data.size - data.examples["unended"].null_count()
        end = "ends" if rows.height == 1 else "end"
        yield Hit(
            f"{counted(rows.height, 'row')} of {rendered:,} {end} with the answer, without an end-of-turn token",
            at=rows["i"][0],
            key="no end",
        )

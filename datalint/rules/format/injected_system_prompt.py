"""The chat template adds a system prompt to rows without one.

## What it does
Renders a conversation without a system turn with the chat template of `--model`, and reports the text that the
template adds before the first turn, and the number of rows that it is added to.

## Why it matters
The model learns its behaviour with this system prompt, and may behave differently with another one. "You are Qwen,
created by Alibaba Cloud" teaches the model an identity that is not yours.

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
Add the system prompt that you use at inference to the rows, or use the template's system prompt at inference too.
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from datalint.api import Confidence, Dataset, Hit, Options, Severity, counted, excerpt, rule


@rule(
    "FMT810",
    "injected-system-prompt",
    severity=Severity.INFO,
    since="0.2",
    needs={"model"},
    confidence=Confidence.HIGH,
)
def injected_system_prompt(data: Dataset, options: Options) -> Iterator[Hit]:
    """Yield one hit, at the first row that gets a system prompt."""
    rows = data.examples.filter(pl.col("injected") != "")
    if rows.height:
        words = excerpt(rows["injected"][0], 120)
        yield Hit(
            f'the chat template adds a system prompt to {counted(rows.height, "row")} of {data.size:,}: "{words}"',
            at=rows["i"][0],
            key="injected",
        )

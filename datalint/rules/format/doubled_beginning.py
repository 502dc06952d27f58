r"""A row begins with two beginning-of-text tokens.

## What it does
Counts rows whose rendering begins with two beginning-of-text tokens, and plain texts that begin with one although the
tokenizer of `--model` adds another.

## Why it matters
The model never sees this at inference. Rows that were rendered with a template and stored as text already contain the
token, and trainers add a second one when they tokenize plain text with special tokens.

## Bad
```toml config
model = "fixtures/models/strict"
```
```jsonl
{"text": "<s>### Question: Hi\n### Answer: Hello</s>"}
```
## Good
```toml config
model = "fixtures/models/strict"
```
```jsonl
{"text": "### Question: Hi\n### Answer: Hello</s>"}
```
## What to do
Remove the token from the texts.
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from datalint.api import Confidence, Dataset, Hit, Options, Severity, counted, rule


@rule(
    "FMT808",
    "doubled-beginning",
    severity=Severity.WARNING,
    since="0.2",
    needs={"model"},
    confidence=Confidence.HIGH,
)
def doubled_beginning(data: Dataset, options: Options) -> Iterator[Hit]:
    """Yield one hit, at the first row with two."""
    rows = data.examples.filter(pl.col("doubled"))
    if rows.height:
        yield Hit(
            f"{counted(rows.height, 'row')} of {data.size:,} would begin with two beginning-of-text tokens",
            at=rows["i"][0],
            key="twice",
        )

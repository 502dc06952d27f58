"""Rows that declare tools always call one, or never do.

## What it does
Counts the examples that declare tools, and those of them that call one. Reports a dataset with at least `min-rows`
such examples if more than `max-share` of them call a tool, or if more than `max-share` of them don't.

## Why it matters
The main thing that such data can teach is when to call a tool. A model that has only seen calls will call a tool when
the user says "thank you". A model that has only seen declarations learns to ignore them.

## Bad
```jsonl vary=60
{"messages": [{"role": "user", "content": "{w}?"}, {"role": "assistant", "content": "{w}."}], "tools": [{"type": "function", "function": {"name": "look_up", "parameters": {"type": "object"}}}]}
```
## Good
```jsonl vary=50
{"messages": [{"role": "user", "content": "{w}?"}, {"role": "assistant", "content": "{w}."}], "tools": [{"type": "function", "function": {"name": "look_up", "parameters": {"type": "object"}}}]}
```
```jsonl vary=20
{"messages": [{"role": "user", "content": "Look up {w}"}, {"role": "assistant", "content": null, "tool_calls": [{"id": "call00000", "type": "function", "function": {"name": "look_up", "arguments": "{}"}}]}], "tools": [{"type": "function", "function": {"name": "look_up", "parameters": {"type": "object"}}}]}
```
## What to do
Add rows in which the declared tools do not help, or rows in which they do. If your model only ever gets requests that
need a call, ignore this rule.
## Known limits
Calls that are written as text are not counted. If most responses are such calls, nothing is reported. Preferences,
evaluation sets and prompts for reinforcement learning are not counted.
## Sources
Public datasets for function calling include such rows on purpose: "irrelevance" in the Berkeley Function-Calling
Leaderboard, and rows without a call in glaive-function-calling-v2.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import polars as pl

from datalint.api import Dataset, Hit, Options, Severity, frozen, option, percent, rule

#: Rows whose responses are read, what a call looks like that is written as text, and where it is looked for.
_SAMPLE: Final = 20
_CALL: Final = (
    r'(?s)"(?:name|function|tool|tool_name|api_name)"\s*:\s*".*"(?:arguments|args|parameters|tool_input)"\s*:'
)
_BEGINNING: Final = 2_000


@frozen
class ToolUseSkewOptions(Options):
    """When the use of tools is one-sided."""

    max_share: float = option(0.99, "share of rows with tools that call one", source="always, except for slips")
    min_rows: int = option(
        50, "rows with tools below which the rule reports nothing", source="shares of fewer are chance"
    )


@rule("BAL010", "tool-use-skew", severity=Severity.INFO, since="0.1")
def tool_use_skew(data: Dataset, options: ToolUseSkewOptions) -> Iterator[Hit]:
    """Yield one hit for the dataset when its rows with tools always call one, or never do."""
    if data.kind in ("evaluation", "rl") or not data.examples["has_tools"].any():
        return
    rows = data.examples.with_row_index("at").filter(
        pl.col("has_tools") & ~pl.col("is_preference") & (pl.col("response_chars") >= 0)
    )
    total, calling = rows.height, int(rows["has_tool_calls"].sum())
    if total < options.min_rows:
        return
    if calling > options.max_share * total:
        yield Hit(
            f"{calling:,} of {total:,} rows with tools call one ({percent(calling / total)}): no example shows when not to"
        )
    elif total - calling > options.max_share * total and not _are_written(data, rows["at"]):
        yield Hit(f"{calling:,} of {total:,} rows with tools call one ({percent(calling / total)})")


def _are_written(data: Dataset, rows: pl.Series) -> bool:
    """Return whether most responses of a sample of rows are calls that are written as text."""
    texts = data.texts(rows.gather_every(max(rows.len() // _SAMPLE, 1)).head(_SAMPLE).to_list())
    return sum(re.search(_CALL, text.response[:_BEGINNING]) is not None for text in texts) > len(texts) / 2

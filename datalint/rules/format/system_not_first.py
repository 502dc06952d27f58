"""A system turn is in the middle of a conversation.

## What it does

Reports a system (or developer) turn that comes after a turn of another role.

## Why it matters

LLaMA-Factory, torchtune and Fireworks accept a system turn only as the first turn, and Cohere treats a later one as an
ordinary message. Other templates drop it, so the model learns to follow an instruction that it never saw.

## Bad

```jsonl
{"messages": [{"role": "user", "content": "Hi"}, {"role": "system", "content": "Be brief."}, {"role": "assistant", "content": "Hi"}]}
```

## Good

```jsonl
{"messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hi"}]}
```

## What to do

Move the system turn to the beginning, or make it part of the user turn.

## Known limits

Several system turns at the beginning are reported as `multiple-system`.
"""

from __future__ import annotations

from typing import Any

import polars as pl

from datalint.api import Confidence, Options, Severity, Turns, rule
from datalint.rules.common.conversations.conversation import follows_in_list


@rule("FMT210", "system-not-first", severity=Severity.WARNING, since="0.1", confidence=Confidence.HIGH)
def system_not_first(turns: Turns, options: Options) -> pl.Expr:
    """Return the system turns whose predecessor is none."""
    system = (turns.role == "system") | (turns.role == "developer")
    return system & ~system.shift(1) & follows_in_list(turns)


@system_not_first.detail
def say_where(row: dict[str, Any], options: Options) -> str:
    """Name the turn, counted from 1."""
    return f"turn {row['turn'] + 1} is a {row['role']} turn; it belongs first"

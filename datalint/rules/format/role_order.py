"""Two consecutive turns have the same role.

## What it does

Reports a user's or assistant's turn right after another of the same, within one list of messages. Tool turns have
their own order: an assistant may call several tools, several results may follow, and then either side may speak.

## Why it matters

Most chat templates alternate, and raise "Conversation roles must alternate" or join the texts. Together refuses such
a file and LLaMA-Factory skips the row; smol-course#260 found user, assistant, user, user through a whole published
split. The usual cause is a missing answer between the two.

## Bad

```jsonl
{"messages": [{"role": "user", "content": "Hi"}, {"role": "user", "content": "?"}, {"role": "assistant", "content": "Yes"}]}
```

## Good

```jsonl
{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello!"}, {"role": "user", "content": "Bye"}, {"role": "assistant", "content": "Bye!"}]}
```

## What to do

Find the turn that is missing between the two, or join them into one.

## Known limits

An assistant's reply to nothing has a rule of its own (`starts-with-assistant`), and so has a system turn in the middle
(`system-not-first`). Calls without results and results without calls are `missing-tool-result` and
`orphan-tool-result`, and their turns are not reported here. Mistral allows an assistant's text and its tool call in two
turns; write them as one.
"""

from __future__ import annotations

from typing import Any

import polars as pl

from datalint.api import Confidence, Options, Severity, Turns, rule
from datalint.rules.common.conversation import follows_in_list


@rule("FMT205", "role-order", severity=Severity.WARNING, since="0.1", confidence=Confidence.HIGH)
def role_order(turns: Turns, options: Options) -> pl.Expr:
    """Return the turns that repeat the role before them; after a call the results' own rules judge."""
    speaks = (turns.role == "user") | (turns.role == "assistant")
    again = (turns.role == turns.role.shift(1)) & ~turns.has_tool_calls.shift(1)
    return speaks & again & follows_in_list(turns)


@role_order.detail
def say_which(row: dict[str, Any], options: Options) -> str:
    """Name both turns, counted from 1."""
    return f"turns {row['turn']} and {row['turn'] + 1} are both {row['role']} turns"

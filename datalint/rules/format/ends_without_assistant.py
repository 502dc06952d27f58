"""A conversation does not end with an assistant turn.

## What it does

Reports a row whose last turn is the user's, the system's or a tool's, though the assistant spoke before.

## Why it matters

A model learns what follows a turn, and nothing follows this one. mistral-finetune refuses the row, OpenPipe and
Fireworks the file; LLaMA-Factory skips rows with an odd number of turns. The usual causes are a last answer that was
cut off, and a conversation that was exported before it ended.

## Bad

```jsonl
{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello!"}, {"role": "user", "content": "Bye"}]}
```

## Good

```jsonl
{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello!"}]}
```

## What to do

Add the missing answer, or cut the conversation after the assistant's last turn.

## Known limits

A row without any assistant turn is `no-assistant-turn`. A row that ends with a tool call is fine: that call is
what is learned. Reinforcement rows (messages next to fields for a grader) end with the user's turn by design.
"""

from __future__ import annotations

from typing import Any

import polars as pl

from datalint.api import Confidence, Examples, Options, Severity, rule
from datalint.rules.common.conversation import SPEAKERS, supervised


@rule("FMT206", "ends-without-assistant", severity=Severity.ERROR, since="0.1", confidence=Confidence.HIGH)
def ends_without_assistant(examples: Examples, options: Options) -> pl.Expr:
    """Return the rows where somebody else has the last word."""
    answered = examples.roles.str.strip_chars_end("sut")
    return supervised(examples) & (answered != examples.roles) & answered.str.contains_any(["a", "c", "p"])


@ends_without_assistant.detail
def say_whose(row: dict[str, Any], options: Options) -> str:
    """Name who has the last word."""
    roles = row["roles"]
    return f"the last of {len(roles)} turns is {SPEAKERS[roles[-1]]}, not the assistant's"

"""A conversation has no user turn.

## What it does

Reports a row with an assistant's turn and none of the user's, and a preference whose `input` holds none. A row of
assistant turns alone, which is how ms-swift writes pre-training rows, is an info.

## Why it matters

There is nothing to answer, so the model learns to say this to any prompt. Azure's and Predibase's checks require a
user's turn in each row; Mistral's validator gives an unclear error when the assistant follows the system.

## Bad

```jsonl
{"messages": [{"role": "system", "content": "You are a poet."}, {"role": "assistant", "content": "O rose!"}]}
```

## Good

```jsonl
{"messages": [{"role": "system", "content": "You are a poet."}, {"role": "user", "content": "A rose?"}, {"role": "assistant", "content": "O rose!"}]}
```

## What to do

Add the question, or write rows for pre-training as `{"text": …}`.

## Known limits

A row with an unknown role is not judged: that may be the user.
"""

from __future__ import annotations

from typing import Any

import polars as pl

from datalint.api import Confidence, Examples, Hit, Options, Severity, rule
from datalint.rules.common.conversation import spoken_by, supervised


@rule("FMT208", "no-user-turn", severity=Severity.WARNING, since="0.1", confidence=Confidence.HIGH)
def no_user_turn(examples: Examples, options: Options) -> pl.Expr:
    """Return the rows where the assistant answers nobody."""
    asked = supervised(examples) | (examples.shape == "openai-preference")
    return asked & spoken_by(examples.roles, "sact") & ~spoken_by(examples.roles, "st")


@no_user_turn.detail
def judge(row: dict[str, Any], options: Options) -> Hit:
    """Lower the severity where the row may be meant for pre-training."""
    if row["roles"].strip("a"):
        return Hit("no user turn, so there is nothing to answer")
    return Hit(
        "only assistant turns: correct for pre-training, otherwise the user's turn is missing", severity=Severity.INFO
    )

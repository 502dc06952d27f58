"""A conversation has no assistant turn.

## What it does

Reports a row that has user, system or tool turns but no assistant turn.

## Why it matters

The row has no answer to learn. OpenAI rejects the file ("missing assistant message"), and local trainers mask the
whole row, so its loss is zero or NaN.

## Bad

```jsonl
{"messages": [{"role": "system", "content": "Be kind."}, {"role": "user", "content": "Hi"}]}
```

## Good

```jsonl
{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello!"}]}
```

## What to do

Add the answer, or delete the row.

## Known limits

Reinforcement fine-tuning rows (messages next to fields for a grader) need no answer. A row with an unknown role is not
checked, because that role may be the assistant.
"""

from __future__ import annotations

import polars as pl

from datalint.api import Examples, Fix, Options, Severity, rule
from datalint.rules.common.conversation import spoken_by, supervised


@rule(
    "FMT209",
    "no-assistant-turn",
    severity=Severity.ERROR,
    since="0.1",
    message="no assistant turn, so there is nothing to learn",
    fix=Fix.removal(),
)
def no_assistant_turn(examples: Examples, options: Options) -> pl.Expr:
    """Return the rows where nobody answers."""
    return supervised(examples) & (examples.roles != "") & spoken_by(examples.roles, "sut")

"""A conversation begins with an assistant turn.

## What it does

Reports a row whose first turn after any system turns is an assistant turn.

## Why it matters

The answer has no question, so the model learns to give it to any prompt. The chat templates of Gemma and Mistral raise
an error, Bedrock and Fireworks reject the row, and LLaMA-Factory skips it. Some ShareGPT exports begin this way
because the first message was removed.

## Bad

```jsonl
{"messages": [{"role": "assistant", "content": "How can I help?"}, {"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello!"}]}
```

## Good

```jsonl
{"messages": [{"role": "system", "content": "Be kind."}, {"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello!"}]}
```

## What to do

Remove the turn, or add the missing user turn before it.

## Known limits

An intended greeting is reported too. A row without a user turn is reported as `no-user-turn`, and a
row of one assistant turn and one user turn as `ends-without-assistant`: its roles are swapped.
"""

from __future__ import annotations

import polars as pl

from datalint.api import Examples, Options, Severity, rule
from datalint.rules.common.conversations.conversation import supervised


@rule(
    "FMT207",
    "starts-with-assistant",
    severity=Severity.WARNING,
    since="0.1",
    message="the first turn is an assistant turn, which answers nothing",
)
def starts_with_assistant(examples: Examples, options: Options) -> pl.Expr:
    """Return the rows where the assistant speaks before any user does."""
    others = examples.roles.str.strip_chars_start("s")
    swapped = others == "au"
    first = others.str.starts_with("a") | others.str.starts_with("c")
    return supervised(examples, "openai-rft") & first & ~swapped & others.str.contains_any(["u"])

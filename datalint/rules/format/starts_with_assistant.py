"""A conversation begins with an assistant turn.

## What it does

Reports a row whose first turn, system turns aside, is the assistant's.

## Why it matters

That answer has no question, so the model learns to say it to any prompt. Gemma's and Mistral's chat templates raise
an error, Bedrock and Fireworks refuse the row, LLaMA-Factory skips it. Some ShareGPT exports begin this way because
the first message was removed.

## Bad

```jsonl
{"messages": [{"role": "assistant", "content": "How can I help?"}, {"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello!"}]}
```

## Good

```jsonl
{"messages": [{"role": "system", "content": "Be kind."}, {"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello!"}]}
```

## What to do

Remove the turn, or add the user's turn that it answers before it.

## Known limits

A greeting that is intended is reported too. A row without a user's turn is `no-user-turn`.
"""

from __future__ import annotations

import polars as pl

from datalint.api import Confidence, Examples, Options, Severity, rule
from datalint.rules.common.conversation import supervised


@rule(
    "FMT207",
    "starts-with-assistant",
    severity=Severity.WARNING,
    since="0.1",
    message="the first turn is an assistant turn, which answers nothing",
    confidence=Confidence.HIGH,
)
def starts_with_assistant(examples: Examples, options: Options) -> pl.Expr:
    """Return the rows where the assistant speaks before any user does."""
    others = examples.roles.str.strip_chars_start("s")
    first = others.str.starts_with("a") | others.str.starts_with("c")
    return supervised(examples, "openai-rft") & first & others.str.contains_any(["u"])

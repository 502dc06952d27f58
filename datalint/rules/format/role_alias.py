"""A role is spelled as another format spells it.

## What it does

Reports `human`, `gpt`, `bot`, `model`, `function_call`, `observation` … in rows whose shape says `user`,
`assistant` and `tool`, and roles in other letters ("User"). ShareGPT rows say `human` and `gpt`, and are right.

## Why it matters

`user` where LLaMA-Factory was told to expect `human` made it skip every row (LlamaFactory#2481, and Qwen's own
documentation had it wrong: Qwen3 PR#1314); OpenAI refuses a file with `human`. Some trainers map the words, so it
depends on yours.

## Bad

```jsonl
{"messages": [{"role": "human", "content": "Hi"}, {"role": "gpt", "content": "Hello!"}]}
```

## Good

```jsonl
{"conversations": [{"from": "human", "value": "Hi"}, {"from": "gpt", "value": "Hello!"}]}
```

## What to do

Rename the roles to `system`, `user`, `assistant` and `tool`.

## Known limits

The order of turns is judged as if the roles were spelled right.
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import Confidence, Hit, Options, Record, Severity, rule


@rule("FMT204", "role-alias", severity=Severity.WARNING, since="0.1", requires={"invalid"}, confidence=Confidence.HIGH)
def role_alias(record: Record, options: Options) -> Iterator[Hit]:
    """Yield what the shape's schema holds against the spelling of roles."""
    yield from record.seen("role-alias")

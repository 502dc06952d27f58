"""A loss weight is neither 0 nor 1, or is on the wrong turn.

## What it does

Reports a message's `weight` that is not the number 0 or 1, and, as a warning, a weight on a turn that is not the
assistant's. A null counts as no weight.

## Why it matters

OpenAI, Azure, Together, Fireworks and Mistral use `weight` to exclude turns from the loss, and accept only the
integers 0 and 1. One bad weight fails the file.

## Bad

```jsonl
{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello!", "weight": 0.5}]}
```

## Good

```jsonl
{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Yo", "weight": 0}, {"role": "user", "content": "Politely?"}, {"role": "assistant", "content": "Hello!", "weight": 1}]}
```

## What to do

Set `weight` to 0 or 1, on assistant turns only, or remove the key.

## Known limits

Together accepts a weight on any role. In ShareGPT's conversations, a weight of 0 on a turn that is not learned anyway,
as SlimOrca has it, is not reported. The other keys for loss weights (`loss`, `loss_weight`, `loss_scale`, `train`)
accept any number or boolean, and are not checked.
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import Confidence, Hit, Options, Record, Severity, rule


@rule("FMT214", "bad-weight", severity=Severity.ERROR, since="0.1", requires={"invalid"}, confidence=Confidence.HIGH)
def bad_weight(record: Record, options: Options) -> Iterator[Hit]:
    """Yield what the shape's schema holds against the loss weights."""
    yield from record.seen("bad-weight")

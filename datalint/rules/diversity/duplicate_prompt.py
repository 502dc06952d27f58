"""One prompt stands in several rows with different answers.

## What it does
Reports, once for each prompt, rows that share system prompt, prompt and earlier turns while their answers
differ without contradicting each other. Contradictions are `conflicting-response`.

## Why it matters
Several good answers to one prompt teach that there is more than one, which may be wanted. By accident they
shrink the variety of prompts, and a random split puts one prompt on both sides.

## Bad
```jsonl
{"prompt": "Write a slogan for a bakery.", "completion": "Fresh bread from people who know your name."}
{"prompt": "Write a slogan for a bakery.", "completion": "Our ovens wake early so that you need not."}
```
## Good
```jsonl
{"prompt": "Write a slogan for a bakery.", "completion": "Fresh bread from people who know your name."}
{"prompt": "Write a slogan for a bicycle shop.", "completion": "Two wheels, no queue, the wind at your back."}
```
## What to do
Keep one answer a prompt unless variety is the aim. Split training and evaluation by prompt, not by row.
## Known limits
Rows without a response, such as prompts for reinforcement learning, are not looked at, nor are preference
pairs.
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import Dataset, Hit, Options, Severity, rule
from datalint.rules._words import others


@rule(
    "DIV004", "duplicate-prompt", severity=Severity.INFO, since="0.1", needs={"conflicts"}, gated=False, each="prompt"
)
def duplicate_prompt(data: Dataset, options: Options) -> Iterator[Hit]:
    """Yield a hit at the first row of each prompt that has several answers."""
    contradicting = {group.rows[0] for group in data.conflicts}
    for group in data.repeated_prompts:
        first, *more = group.rows
        if first not in contradicting:
            yield Hit(f"one prompt with {len(group.rows):,} different answers", at=first, related=others(more))

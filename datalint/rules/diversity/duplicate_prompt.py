"""Several rows have the same prompt and different answers.

## What it does
Reports, once for each prompt, rows with the same prompt (system prompt, earlier turns and everything else that the
model reads) and different answers that do not contradict each other. Contradictions are reported as
`conflicting-response`. If more than half of the rows have such a prompt, one finding reports all of them.

## Why it matters
Several good answers to one prompt teach the model that there is more than one answer, which may be intended. If it is
not, the prompts are less varied than the number of rows suggests, and a random split puts the same prompt on both
sides.

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
Keep one answer for each prompt, unless you want varied answers. Split training and evaluation by prompt, not by row.
## Known limits
Rows without a response, such as prompts for reinforcement learning, and preference pairs are not checked.
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import Confidence, Dataset, Hit, Options, Severity, others, rule

#: Where more than this share of the rows has a prompt with several answers, over this many prompts, one finding says so.
_BY_DESIGN = 0.5
_LEAST_PROMPTS = 20


@rule(
    "DIV004",
    "duplicate-prompt",
    severity=Severity.INFO,
    since="0.1",
    needs={"conflicts"},
    gated=False,
    each="prompt",
    confidence=Confidence.LOW,
)
def duplicate_prompt(data: Dataset, options: Options) -> Iterator[Hit]:
    """Yield a hit at the first row of each prompt that has several answers."""
    contradicting = {row for group in data.conflicts for row in group.rows}
    groups = [group for group in data.repeated_prompts if contradicting.isdisjoint(group.rows)]
    rows = sum(len(group.rows) for group in groups)
    if len(groups) >= _LEAST_PROMPTS and rows > _BY_DESIGN * data.size:
        first, *more = [group.rows[0] for group in groups]
        yield Hit(
            f"{len(groups):,} prompts with several answers each, in {rows:,} rows", at=first, related=others(more)
        )
        return
    for group in groups:
        first, *more = group.rows
        yield Hit(f"one prompt with {len(group.rows):,} different answers", at=first, related=others(more))

"""The chat template of the model leaves out reasoning.

## What it does
Renders each row with the chat template of `--model`, and looks for the reasoning of each answer: between `<think>` and
`</think>`, or under `reasoning_content`, `reasoning` or `thinking`. Reports reasoning that is not there.

## Why it matters
Most templates of reasoning models keep only the reasoning of the last answer, as it is at inference: what earlier
answers thought is not learned. Templates of other models ignore `reasoning_content` altogether, so that the model
learns to answer without thinking.

## Bad
```toml config
model = "fixtures/models/strict"
```
```jsonl
{"messages": [{"role": "user", "content": "2 + 2?"}, {"role": "assistant", "content": "<think>Two and two are four.</think>4"}]}
```
## Good
```toml config
model = "fixtures/models/chatml"
```
```jsonl
{"messages": [{"role": "user", "content": "2 + 2?"}, {"role": "assistant", "content": "<think>Two and two are four.</think>4"}]}
```
## What to do
To learn the reasoning of every answer, make a row of each: the conversation up to that answer. Otherwise nothing: the
reasoning costs no tokens, and is not learned.
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import Confidence, Hit, Options, Record, Severity, rule
from datalint.rules.common.renderings import flaws


@rule(
    "FMT804",
    "template-drops-thinking",
    severity=Severity.WARNING,
    since="0.2",
    requires={"rendering"},
    needs={"model"},
    confidence=Confidence.MEDIUM,
)
def template_drops_thinking(record: Record, options: Options) -> Iterator[Hit]:
    """Yield a hit for each reasoning that is not in the rendering."""
    for flaw in flaws(record, "thinking"):
        yield Hit("the chat template drops this reasoning", path=flaw.path)

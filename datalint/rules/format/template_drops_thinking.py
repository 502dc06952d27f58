"""The chat template of the model leaves out reasoning.

## What it does
Renders each row with the chat template of `--model`, and looks for the reasoning of each answer: between `<think>` and
`</think>`, or under `reasoning_content`, `reasoning` or `thinking`. Reports reasoning that is not found in the result.

## Why it matters
Most templates of reasoning models keep only the reasoning of the last answer, as at inference, so the model does not
learn the reasoning of earlier answers. Templates of other models ignore `reasoning_content` altogether, so the model
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
To train on the reasoning of every answer, write one row for each answer, with the conversation up to that answer. If
only the last answer's reasoning matters, you don't need to change anything: dropped reasoning costs no tokens, and is
not learned.
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import Confidence, Hit, Options, Record, Severity, rule
from datalint.rules.common.conversations.renderings import flaws


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

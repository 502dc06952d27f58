"""The chat template of the model leaves out a turn's text.

## What it does
Renders each row with the chat template of `--model`, and looks for the text of each turn in the result: as it is, as
JSON, or line by line. Reports texts that are not found. Dropped reasoning is reported by
[template-drops-thinking](template-drops-thinking.md).

## Why it matters
The model is trained without the text, and the loss gives no sign of it. Templates drop system turns that are not
first, developer turns, tool results, and everything before `</think>`.

## Bad
```toml config
model = "fixtures/models/strict"
```
```jsonl
{"messages": [{"role": "user", "content": "How do I end my thoughts?"}, {"role": "assistant", "content": "Write the tag </think> after them."}]}
```
## Good
```toml config
model = "fixtures/models/strict"
```
```jsonl
{"messages": [{"role": "user", "content": "How do I end my thoughts?"}, {"role": "assistant", "content": "Write a closing tag after them."}]}
```
## What to do
Move the text to a turn that the template renders, or train with another template. `datalint preview` shows the
rendered row.
## Known limits
The rule misses a dropped text that also occurs elsewhere in the rendering, such as a repeated "Yes".
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import Confidence, Hit, Options, Record, Severity, rule
from datalint.rules.common.conversations.renderings import flaws


@rule(
    "FMT803",
    "template-drops-text",
    severity=Severity.ERROR,
    since="0.2",
    requires={"rendering"},
    needs={"model"},
    confidence=Confidence.HIGH,
)
def template_drops_text(record: Record, options: Options) -> Iterator[Hit]:
    """Yield a hit for each text that is not in the rendering."""
    for flaw in flaws(record, "text"):
        yield Hit("the chat template drops this text", path=flaw.path)

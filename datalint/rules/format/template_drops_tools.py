"""The chat template of the model leaves out declared tools or calls.

## What it does
Renders each row with the chat template of `--model`, and looks for the name of each declared tool and of each call.
Reports those that are not found in the result.

## Why it matters
The model learns to call tools that were never declared to it, or sees declarations and never a call. Templates of
models without tool support silently ignore `tools` and `tool_calls`.

## Bad
```toml config
model = "fixtures/models/strict"
```
```jsonl
{"messages": [{"role": "user", "content": "Rain in Rome?"}, {"role": "assistant", "content": "No, it is dry."}], "tools": [{"type": "function", "function": {"name": "get_weather", "parameters": {"type": "object", "properties": {}}}}]}
```
## Good
```toml config
model = "fixtures/models/chatml"
```
```jsonl
{"messages": [{"role": "user", "content": "Rain in Rome?"}, {"role": "assistant", "content": "No, it is dry."}], "tools": [{"type": "function", "function": {"name": "get_weather", "parameters": {"type": "object", "properties": {}}}}]}
```
## What to do
Train a model whose template supports tools, or write the tools into the system prompt and the calls into the answers.
## Known limits
The rule looks only for names. It misses a dropped tool whose name also occurs in a text of the row.
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import Confidence, Hit, Options, Record, Severity, excerpt, rule
from datalint.rules.common.conversations.renderings import flaws


@rule(
    "FMT805",
    "template-drops-tools",
    severity=Severity.ERROR,
    since="0.2",
    requires={"rendering"},
    needs={"model"},
    confidence=Confidence.HIGH,
)
def template_drops_tools(record: Record, options: Options) -> Iterator[Hit]:
    """Yield a hit for the tools, and one for each call, that are not in the rendering."""
    for flaw in flaws(record, "tools", "call"):
        name = excerpt(flaw.what, 120)
        what = f"the chat template drops declared tools: {name}"
        if flaw.kind == "call":
            what = f"the chat template drops the call of {name}"
        yield Hit(what, path=flaw.path)

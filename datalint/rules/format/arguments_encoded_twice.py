r"""A chat template encodes the arguments of a call a second time.

## What it does
Renders each row with the chat template of `--model`, and reports calls whose arguments are a JSON string that the
template renders as a quoted string: `"{\"city\": \"Rome\"}"`.

## Why it matters
The model learns to write backslashes instead of arguments, and its calls cannot be parsed. In OpenAI's format,
arguments are a string, but most templates expect an object and encode it themselves.

## Bad
```toml config
model = "fixtures/models/chatml"
```
```jsonl
{"messages": [{"role": "user", "content": "Rain in Rome?"}, {"role": "assistant", "tool_calls": [{"type": "function", "function": {"name": "get_weather", "arguments": "{\"city\": \"Rome\"}"}}]}]}
```
## Good
```toml config
model = "fixtures/models/chatml"
```
```jsonl
{"messages": [{"role": "user", "content": "Rain in Rome?"}, {"role": "assistant", "tool_calls": [{"type": "function", "function": {"name": "get_weather", "arguments": {"city": "Rome"}}}]}]}
```
## What to do
Store arguments as an object, for models that are trained with their template. OpenAI, Azure and Together require the
string.
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import Confidence, Hit, Options, Record, Severity, rule
from datalint.rules.common.conversations.renderings import flaws


@rule(
    "FMT809",
    "arguments-encoded-twice",
    severity=Severity.ERROR,
    since="0.2",
    requires={"rendering"},
    needs={"model"},
    confidence=Confidence.HIGH,
)
def arguments_encoded_twice(record: Record, options: Options) -> Iterator[Hit]:
    """Yield a hit for each call with such arguments."""
    for flaw in flaws(record, "encoded-twice"):
        yield Hit("the model reads these arguments as a string of JSON, not as an object", path=flaw.path)

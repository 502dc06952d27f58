r"""A tool call's arguments are encoded as JSON twice.

## What it does

Reports arguments that are a JSON string whose content is again JSON, of an object or a list.

## Why it matters

Chat templates print arguments unchanged, so the model learns to write a quoted string full of backslashes, and the
program that parses its calls gets a string instead of an object. The usual cause is calling `json.dumps` on text that
is already JSON.

## Bad

```jsonl
{"messages": [{"role": "user", "content": "Rain?"}, {"role": "assistant", "content": null, "tool_calls": [{"id": "a1", "type": "function", "function": {"name": "rain", "arguments": "\"{\\\"city\\\": \\\"Rome\\\"}\""}}]}]}
```

## Good

```jsonl
{"messages": [{"role": "user", "content": "Rain?"}, {"role": "assistant", "content": null, "tool_calls": [{"id": "a1", "type": "function", "function": {"name": "rain", "arguments": "{\"city\": \"Rome\"}"}}]}]}
```

## What to do

Decode the arguments once and store the result: `json.loads(arguments)`.

## Known limits

Single values within the arguments may be JSON texts on purpose and are not checked. An object that was encoded once
although the format requires an object (Anthropic's `input`) is reported as `tool-arguments-not-object`.
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import Confidence, Hit, Options, Record, Severity, excerpt, rule
from datalint.rules.common.tools.calls import calls


@rule(
    "FMT307",
    "tool-arguments-double-encoded",
    severity=Severity.WARNING,
    since="0.1",
    requires={"tool_calls"},
    confidence=Confidence.HIGH,
)
def tool_arguments_double_encoded(record: Record, options: Options) -> Iterator[Hit]:
    """Yield a hit for each call whose arguments are encoded twice."""
    for number, call in enumerate(calls(record)):
        if call.is_encoded_twice:
            name = "" if call.name is None else f" of {excerpt(call.name, 40)!r}"
            yield Hit(f"arguments{name} are encoded as JSON twice", path=call.path, key=str(number))

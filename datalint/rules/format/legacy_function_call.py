"""A row calls tools in OpenAI's old form, `function_call` and `functions`.

## What it does

Reports a row with `functions` next to its messages, a message with a `function_call`, or a message with the role
`function` that answers it. There is one finding per row. The `function_call` turns of ShareGPT rows are a different,
current format and are not reported.

## Why it matters

OpenAI replaced this form with `tools` and `tool_calls` in November 2023. It supports neither ids nor several calls in
one turn, and most chat templates ignore it: the rendered text does not contain the call, so the model learns to answer
with nothing.

## Bad

```jsonl
{"messages": [{"role": "user", "content": "Rain?"}, {"role": "assistant", "content": null, "function_call": {"name": "rain", "arguments": "{}"}}], "functions": [{"name": "rain", "parameters": {"type": "object", "properties": {}}}]}
```

## Good

```jsonl
{"messages": [{"role": "user", "content": "Rain?"}, {"role": "assistant", "content": null, "tool_calls": [{"id": "a1", "type": "function", "function": {"name": "rain", "arguments": "{}"}}]}], "tools": [{"type": "function", "function": {"name": "rain", "parameters": {"type": "object", "properties": {}}}}]}
```

## What to do

Rewrite `functions` as `tools`. Rewrite `function_call` as a list `tool_calls` whose calls each have an `id`. Change
the role `function` to `tool`, and add the id as `tool_call_id`.
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import Confidence, Hit, Options, Record, Severity, rule


@rule(
    "FMT312",
    "legacy-function-call",
    severity=Severity.WARNING,
    since="0.1",
    requires={"tools", "tool_calls", "tool_results"},
    confidence=Confidence.HIGH,
)
def legacy_function_call(record: Record, options: Options) -> Iterator[Hit]:
    """Yield a hit at the first place of the row that has the old form."""
    place = next(_places(record), None)
    if place is not None:
        path, key = place
        yield Hit(f"the row has {key}, OpenAI's old form of tool calls", path=path)


def _places(record: Record) -> Iterator[tuple[str, str]]:
    functions = record.value.get("functions")
    if isinstance(functions, list) and functions and record.shape.startswith("openai"):
        yield "$.functions", "'functions'"
    for path, message in record.messages():
        if message.get("function_call") and isinstance(message["function_call"], dict | list):
            yield f"{path}.function_call", "'function_call'"
        elif message.get("role") == "function" and not record.shape.startswith("gemini"):
            yield f"{path}.role", "the role 'function'"

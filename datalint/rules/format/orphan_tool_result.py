"""A tool result answers no call.

## What it does

Matches the results of tools with the calls before them: by the id that both have, or, where they have none, by the
tool's name and the order. Reports a result whose id no call has, a second result of one call, a result before its
call, more results than calls, and a result where nothing was called. A result without an id is a warning, since
ms-swift reads tool turns without a call as observations of an environment.

## Why it matters

OpenAI refuses a tool message that does not respond to a preceding call, Mistral's validator stops with "Unexpected tool
call id" or "Not the same number of function calls and responses", and Anthropic requires the call in the message before.
Trainers that accept the row teach the model to continue from data that it never asked for.

## Bad

```jsonl
{"messages": [{"role": "user", "content": "Rain?"}, {"role": "assistant", "content": null, "tool_calls": [{"id": "a1", "type": "function", "function": {"name": "rain", "arguments": "{}"}}]}, {"role": "tool", "tool_call_id": "b7", "content": "none"}, {"role": "assistant", "content": "It stays dry."}]}
```

## Good

```jsonl
{"messages": [{"role": "user", "content": "Rain?"}, {"role": "assistant", "content": null, "tool_calls": [{"id": "a1", "type": "function", "function": {"name": "rain", "arguments": "{}"}}]}, {"role": "tool", "tool_call_id": "a1", "content": "none"}, {"role": "assistant", "content": "It stays dry."}]}
```

## What to do

Restore the call that is missing, or correct the id. Delete a result without a call.

## Known limits

A text with code, tags, brackets or JSON may be a call in a format of its own: after such a turn a result without a
call is not reported. A call that lacks its result because the result has another id is reported here alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import Confidence, Hit, Options, Record, Severity, rule
from datalint.rules.common.tool_flow import flow


@rule(
    "FMT310",
    "orphan-tool-result",
    severity=Severity.ERROR,
    since="0.1",
    requires={"tool_calls", "tool_results"},
    confidence=Confidence.HIGH,
)
def orphan_tool_result(record: Record, options: Options) -> Iterator[Hit]:
    """Yield a hit for each result that answers no call."""
    for result, reason in flow(record).orphans:
        # Without an id it may be what an environment says by itself.
        severity = Severity.WARNING if result.id is None else None
        yield Hit(f"a tool result without a call: {reason}", path=result.path, severity=severity)

"""A tool result answers no call.

## What it does

Matches tool results with the calls before them: by id, or, if they have no ids, by the tool's name and the order.
Reports a result whose id no call has, a second result of one call, a result before its call, more results than calls,
and a result without any call. A result without an id is reported as a warning, because ms-swift reads tool turns
without a call as observations of an environment. In rows with calls between `<tool_call>` tags, the text of a user
that begins with `<tool_response>` is a result.

## Why it matters

OpenAI rejects a tool message that does not respond to a preceding call, Mistral's validator stops with "Unexpected
tool call id" or "Not the same number of function calls and responses", and Anthropic requires the call in the message
before. If a trainer accepts the row, the model learns to continue from data that it never asked for.

## Bad

```jsonl
{"messages": [{"role": "user", "content": "Rain?"}, {"role": "assistant", "content": null, "tool_calls": [{"id": "a1", "type": "function", "function": {"name": "rain", "arguments": "{}"}}]}, {"role": "tool", "tool_call_id": "b7", "content": "none"}, {"role": "assistant", "content": "It stays dry."}]}
```

## Good

```jsonl
{"messages": [{"role": "user", "content": "Rain?"}, {"role": "assistant", "content": null, "tool_calls": [{"id": "a1", "type": "function", "function": {"name": "rain", "arguments": "{}"}}]}, {"role": "tool", "tool_call_id": "a1", "content": "none"}, {"role": "assistant", "content": "It stays dry."}]}
```

## What to do

Restore the missing call, or correct the id. If there was no call, delete the result.

## Known limits

A text with code, tags, brackets or JSON may be a call in a custom format, so a result without a call is not reported
after such a turn. If a call lacks its result because the result has another id, only this rule reports it.
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import Confidence, Hit, Options, Record, Severity, rule
from datalint.rules.common.tools.flow import flow


@rule(
    "FMT310",
    "orphan-tool-result",
    severity=Severity.ERROR,
    since="0.1",
    requires={"tool_calls", "tool_results", "written_calls"},
    confidence=Confidence.HIGH,
)
def orphan_tool_result(record: Record, options: Options) -> Iterator[Hit]:
    """Yield a hit for each result that answers no call."""
    for result, reason in flow(record).orphans:
        # Without an id it may be what an environment says by itself.
        severity = Severity.WARNING if result.id is None else None
        yield Hit(f"a tool result without a call: {reason}", path=result.path, severity=severity)

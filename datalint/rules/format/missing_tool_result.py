"""A tool call has no result before the next turn.

## What it does

Reports calls that have no result before the next user or assistant turn. Results are matched by id, or by number if
the calls have no ids. A call at the end of the row needs no result, because it is what the model learns to write.
Calls between `<tool_call>` tags in a text are checked too, with results in turns of a tool or between `<tool_response>`
tags.

## Why it matters

Providers reject such rows: OpenAI says that a message with tool calls "must be followed by tool messages responding to
each" of them, and Mistral counts calls and results. A model that is trained on such rows learns to answer without
waiting for the tool, so it makes up the answer.

## Bad

```jsonl
{"messages": [{"role": "user", "content": "Rain?"}, {"role": "assistant", "content": null, "tool_calls": [{"id": "a1", "type": "function", "function": {"name": "rain", "arguments": "{}"}}]}, {"role": "user", "content": "And wind?"}, {"role": "assistant", "content": "A light breeze."}]}
```

## Good

```jsonl
{"messages": [{"role": "user", "content": "Rain?"}, {"role": "assistant", "content": null, "tool_calls": [{"id": "a1", "type": "function", "function": {"name": "rain", "arguments": "{}"}}]}, {"role": "tool", "tool_call_id": "a1", "content": "none"}, {"role": "assistant", "content": "It stays dry."}]}
```

## What to do

Add the result that the tool gave, or end the row with the call.

## Known limits

If neither calls nor results have ids, one result may answer several calls at once, as in ShareGPT's `observation`. A
result with a wrong id is reported only as `orphan-tool-result`. A call in a text is reported only if the user's next
turn is a question, since any other text may be the result.
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import Confidence, Hit, Options, Record, Severity, rule
from datalint.rules.common.tools.flow import flow


@rule(
    "FMT311",
    "missing-tool-result",
    severity=Severity.WARNING,
    since="0.1",
    requires={"tool_calls", "tool_results", "written_calls"},
    confidence=Confidence.HIGH,
)
def missing_tool_result(record: Record, options: Options) -> Iterator[Hit]:
    """Yield a hit for each turn, or run of turns, with calls that the next turn finds unanswered."""
    for calls, total in flow(record).unanswered:
        if total == 1:
            message = "a tool call has no result before the next turn"
        else:
            message = f"{len(calls)} of {total} tool calls have no result before the next turn"
        yield Hit(message, path=calls[0].place)

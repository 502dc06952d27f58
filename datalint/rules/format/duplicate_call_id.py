r"""Two tool calls have the same id.

## What it does

Reports a call that has the same id as another call whose result is still pending, in the same turn or in consecutive
turns. Ids that are reused in a later turn are reported only with `across-turns`.

## Why it matters

A result refers to its call by id, so if two calls have the same id, the result may belong to either. Mistral's
validator rejects the row ("Duplicate tool call id"). Anthropic's API requires the ids of `tool_use` blocks to be
unique in the whole conversation, while OpenAI's models themselves reuse ids of earlier turns: 73 times in the 200
conversations of tau-bench's `gpt-4o-airline.json`.

## Bad

```jsonl
{"messages": [{"role": "user", "content": "Rain in Rome and Oslo?"}, {"role": "assistant", "content": null, "tool_calls": [{"id": "a1", "type": "function", "function": {"name": "rain", "arguments": "{\"city\": \"Rome\"}"}}, {"id": "a1", "type": "function", "function": {"name": "rain", "arguments": "{\"city\": \"Oslo\"}"}}]}]}
```

## Good

```jsonl
{"messages": [{"role": "user", "content": "Rain in Rome and Oslo?"}, {"role": "assistant", "content": null, "tool_calls": [{"id": "a1", "type": "function", "function": {"name": "rain", "arguments": "{\"city\": \"Rome\"}"}}, {"id": "a2", "type": "function", "function": {"name": "rain", "arguments": "{\"city\": \"Oslo\"}"}}]}]}
```

## What to do

Give each call a unique id, and use the same id for its result.
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import Confidence, Hit, Options, Record, Severity, frozen, option, rule
from datalint.rules.common.tools.flow import flow


@frozen
class DuplicateCallIdOptions(Options):
    """Options of the rule."""

    across_turns: bool = option(
        False, "also report ids that an answered call of an earlier turn has", source="Anthropic: unique tool_use ids"
    )


@rule(
    "FMT309",
    "duplicate-call-id",
    severity=Severity.ERROR,
    since="0.1",
    requires={"tool_calls"},
    confidence=Confidence.HIGH,
)
def duplicate_call_id(record: Record, options: DuplicateCallIdOptions) -> Iterator[Hit]:
    """Yield a hit for each call with an id that is taken."""
    for call, was_answered in flow(record).repeated:
        if not was_answered:
            yield Hit("another call that waits for its result has the same id", path=call.place)
        elif options.across_turns:
            yield Hit("a call of an earlier turn has the same id", path=call.place, severity=Severity.WARNING)

r"""A message's content is null and it calls no tool.

## What it does

Reports `content: null` (ShareGPT: `value`) in a message without tool calls. With `tool_calls`, `function_call`,
`refusal` or `audio`, null content is correct, and OpenAI's API itself returns it.

## Why it matters

Providers reject the file. Local trainers fail or, worse, render the word "None" into the text that the model learns.
The usual causes are lost answers and tables with missing cells.

## Bad

```jsonl
{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": null}]}
```

## Good

```jsonl
{"messages": [{"role": "user", "content": "Rain in Rome?"}, {"role": "assistant", "content": null, "tool_calls": [{"id": "a1", "type": "function", "function": {"name": "weather", "arguments": "{\"city\": \"Rome\"}"}}]}]}
```

## What to do

Write the text that was lost, or delete the row.

## Known limits

A message without the key is reported as `missing-key`, and an empty text as `empty-response` or `empty-prompt`.
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import Confidence, Edit, Fix, Hit, Options, Record, Replace, Severity, rule


@rule(
    "FMT212",
    "null-content",
    severity=Severity.ERROR,
    since="0.1",
    requires={"invalid"},
    confidence=Confidence.HIGH,
    fix=Fix.edit(safe=True),
)
def null_content(record: Record, options: Options) -> Iterator[Hit]:
    """Yield what the shape's schema holds against null contents."""
    yield from record.seen("null-content")


@null_content.repair
def _emptied(record: Record, options: Options) -> Iterator[Edit]:
    """Write an empty text, which every reader of the row takes it for."""
    for hit in record.seen("null-content"):
        if (place := record.place(hit.path)) is not None and place[1] is None:
            yield Replace(place[0], "")

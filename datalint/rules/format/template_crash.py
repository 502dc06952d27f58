"""The chat template of the model fails on the row.

## What it does
Renders each row with the chat template of `--model`, and reports rows for which it fails with an error that its author
did not foresee. The usual reasons are arguments of a tool call that are a string of JSON where the template wants an
object, a message without content, and content in parts where the template wants text. The finding has the error and
the template's line.

## Why it matters
Training stops with this error as soon as it reaches the row, often after hours. Of 786 published templates, 431 fail
on tool calls in OpenAI's form, where arguments are a string.

## Bad
```toml config
model = "fixtures/models/strict"
```
```jsonl
{"messages": [{"role": "user", "content": [{"type": "text", "text": "Hi"}]}, {"role": "assistant", "content": "Hello"}]}
```
## Good
```toml config
model = "fixtures/models/strict"
```
```jsonl
{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}
```
## What to do
Write what the template expects: arguments as an object, text as a string, `""` instead of null.
## Known limits
Messages are passed on as current versions of transformers (5) do, without keys whose value is null. Before that,
`"content": null` made many templates fail.
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import Confidence, Hit, Options, Record, Severity, excerpt, rule


@rule(
    "FMT802",
    "template-crash",
    severity=Severity.ERROR,
    since="0.2",
    requires={"rendering"},
    needs={"model"},
    confidence=Confidence.HIGH,
)
def template_crash(record: Record, options: Options) -> Iterator[Hit]:
    """Yield a hit for each conversation on which the template fails."""
    for rendering in record.renderings:
        if rendering.failure == "crash":
            where = f" in line {rendering.line}: {excerpt(rendering.code, 80)}" if rendering.line else ""
            yield Hit(f"the chat template fails ({excerpt(rendering.message, 140)}){where}", path=rendering.path)

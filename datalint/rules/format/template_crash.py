"""The chat template of the model fails on the row.

## What it does
Renders each row with the chat template of `--model`, and reports rows for which it fails with an error that its author
did not foresee. The usual causes are tool-call arguments that are a JSON string although the template expects an
object, a message without content, and content in parts although the template expects text. The finding shows the error
and the line of the template.

## Why it matters
Training stops with this error as soon as it reaches the row, often after hours. Of 786 published templates, 431 fail
on tool calls in OpenAI's form, in which arguments are a string.

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
Change the row to what the template expects: arguments as an object, text as a string, `""` instead of null.
## Known limits
Like current versions of transformers (5), datalint passes messages to the template without keys whose value is null.
In older versions, `"content": null` makes many templates fail.
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

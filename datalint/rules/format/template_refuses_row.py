"""The chat template of the model refuses the row.

## What it does
Renders each row with the chat template of `--model`, and reports rows for which the template itself raises an error:
unknown roles, roles that do not alternate, a system turn, or several tool calls in one turn. The finding shows the
template's message and line.

## Why it matters
Training stops with this error as soon as it reaches the row, often after hours.

## Bad
```toml config
model = "fixtures/models/strict"
```
```jsonl
{"messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}
```
## Good
```toml config
model = "fixtures/models/strict"
```
```jsonl
{"messages": [{"role": "user", "content": "Be brief. Hi"}, {"role": "assistant", "content": "Hello"}]}
```
## What to do
Change the rows to a form that the template accepts, or train with another template. You can move a system prompt to
the beginning of the first user turn, and join consecutive turns of the same role.
## Known limits
Trainers with their own templates (LLaMA-Factory, ms-swift) may accept rows that the model's template rejects.
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import Confidence, Hit, Options, Record, Severity, excerpt, rule


@rule(
    "FMT801",
    "template-refuses-row",
    severity=Severity.ERROR,
    since="0.2",
    requires={"rendering"},
    needs={"model"},
    confidence=Confidence.HIGH,
)
def template_refuses_row(record: Record, options: Options) -> Iterator[Hit]:
    """Yield a hit for each conversation that the template refuses."""
    for rendering in record.renderings:
        if rendering.failure == "refusal":
            where = f" (line {rendering.line} of the template)" if rendering.line else ""
            yield Hit(
                f'the chat template refuses the row: "{excerpt(rendering.message, 160)}"{where}', path=rendering.path
            )

"""Many prompts are one template filled with different numbers or names.

## What it does
Masks numbers and capitalised names in each prompt (in the text, where rows have no prompt) and groups the prompts
that become equal. Reports each group of at least `min-rows` that contains over `max-share` of the rows, with two of
its prompts.

## Why it matters
A thousand rows of "What is the capital of X?" are one type of example repeated, the guide's Bad column for
diversity: the model learns the template, and the score on a random split measures how well it does.

## Bad
```jsonl vary=30
{"prompt": "Convert {n} miles to kilometres.", "completion": "Multiply {n} by 1.609."}
```
## Good
```jsonl vary=30
{"prompt": "{w}", "completion": "Answer {n}: {w}"}
```
## What to do
Vary the wording of the questions, and cover other tasks. If one template is the task, keep it and ignore this rule.
## Known limits
Only prompts that are equal word for word outside numbers and names count as one family. Scripts without capital
letters have no names to mask.
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import Dataset, Group, Hit, Options, Severity, Text, excerpt, frozen, option, others, percent, rule

_MOST = 5


@frozen
class TemplateFamilyOptions(Options):
    """When a family is large."""

    max_share: float = option(
        0.2,
        "share of rows that one family may contain",
        source="none of 51 public sets is over 4 %; the gate warns at half",
    )
    min_rows: int = option(10, "rows from which a family is reported", source="small sets repeat by chance")


@rule("DIV007", "template-family", severity=Severity.WARNING, since="0.1", needs={"families"}, each="template")
def template_family(data: Dataset, options: TemplateFamilyOptions) -> Iterator[Hit]:
    """Yield a hit at the first row of each large family, the largest first."""
    least = max(options.max_share * data.size, options.min_rows - 1)
    large = [group for group in data.families[:_MOST] if len(group.rows) > least]
    pairs = [row for group in large for row in (group.rows[0], _unlike(data, group))]
    texts = data.texts(pairs) if pairs else []
    limit = percent(options.max_share)
    for group, one, other in zip(large, texts[::2], texts[1::2], strict=True):
        share = percent(len(group.rows) / data.size)
        yield Hit(
            f"{len(group.rows):,} rows ({share}, limit {limit}) differ in numbers or names only: "
            f'"{_shown(one)}", "{_shown(other)}"',
            at=group.rows[0],
            related=others(group.rows[1:]),
        )


def _unlike(data: Dataset, group: Group) -> int:
    """Return the family's first row with another prompt than its first one."""
    prompts = data.examples["templated"]
    first = prompts[group.rows[0]]
    return next((row for row in group.rows if prompts[row] != first), group.rows[-1])


def _shown(text: Text) -> str:
    return excerpt(text.prompt or text.response, 60)

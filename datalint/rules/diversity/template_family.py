"""Many prompts are one template filled with different numbers or names.

## What it does
Masks numbers, capitalised names and words in double quotation marks in each prompt, or in the text if rows have no
prompt. Groups the different prompts that are then equal; copies of a prompt count once. Reports each group of at least
`min-rows` that contains over `max-share` of the rows, with two of its prompts. If the groups with at least 1 % of the
rows together contain more rows than the profile allows (`template-family-share`), each of them is reported. The
message says if the responses of a group are also equal after masking (`template-copy-share`).

## Why it matters
A thousand rows of "What is the capital of X?" are one type of example repeated, the guide's Bad column for
diversity: the model learns the template, and the score on a random split measures how well it does. Ten such
templates are ten examples, however many rows are made of them.

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
Prompts form a family only if they are equal word for word except for numbers and names. Prompts that consist only of
capitalised words, such as titles, don't form a family if their responses differ, and prompts without letters never do.
In scripts without capital letters, names are not masked. The rule uses 16 rows of each group to estimate whether the
responses repeat.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from datalint.api import Dataset, Family, Hit, Options, Severity, excerpt, frozen, option, others, percent, rule

#: The most families over the share of one that are reported.
_MOST: Final = 5
#: Share of a family's responses that repeat, from which the message says so.
_MOSTLY: Final = 0.5
#: Characters of a prompt that are shown, and those of them before the first difference.
_SHOWN: Final = 60
_BEFORE: Final = 20


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
    shown = _reported(data, options)
    pairs = [row for family in shown for row in (family.rows[0], _unlike(data, family))]
    texts = data.texts(pairs) if pairs else []
    for family, one, other in zip(shown, texts[::2], texts[1::2], strict=True):
        share = percent(len(family.rows) / data.size)
        limit = f", limit {percent(options.max_share)}" if _is_large(family, data, options) else ""
        too = ", and so do their responses" if family.repeated > _MOSTLY else ""
        yield Hit(
            f"{len(family.rows):,} rows ({share}{limit}) differ in numbers or names only{too}: "
            f"{_shown(one.prompt or one.response, other.prompt or other.response)}",
            at=family.rows[0],
            related=others(family.rows[1:]),
        )


def _reported(data: Dataset, options: TemplateFamilyOptions) -> list[Family]:
    """Return the large families; if all common ones together are over the profile's limit, these too."""
    common = [family for family in data.families if family.is_common(data.size)]
    large = [family for family in data.families[:_MOST] if _is_large(family, data, options)]
    limits = [limit for limit in data.limits.get("template-family-share", ()) if limit is not None]
    over = limits and sum(len(family.rows) for family in common) > min(limits) * data.size
    return common if over else large


def _is_large(family: Family, data: Dataset, options: TemplateFamilyOptions) -> bool:
    return len(family.rows) > max(options.max_share * data.size, options.min_rows - 1)


def _unlike(data: Dataset, family: Family) -> int:
    """Return the family's first row with another prompt than its first one."""
    prompts = data.examples["templated"]
    first = prompts[family.rows[0]]
    return next((row for row in family.rows if prompts[row] != first), family.rows[-1])


def _shown(one: str, other: str) -> str:
    """Return two texts of one template, from shortly before the place where they begin to differ."""
    same = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), 0)
    start = same - _BEFORE if same > _SHOWN // 2 else 0
    mark = "…" if start else ""
    return ", ".join(f'"{mark}{excerpt(text, _SHOWN, start=start)}"' for text in (one, other))

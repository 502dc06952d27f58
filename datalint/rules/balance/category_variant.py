"""Two categories are spellings of the same one.

## What it does
Reports a category whose label differs from that of a larger one only in case, white space, `-` and `_`, the kind of
apostrophe, or a plural s; a rare label (at most a fifth of the other's examples) that is one letter away from another
of five letters or more, or in one of several words doubles a letter; and a very rare one (at most a fiftieth) that
lacks the first letter of another ("ommand"), has a word of it twice, or is that word and a digit ("refund6"), if up to
20 other labels have no digits. If rows have several labels, it reports those that end with a separator ("Billing,
Refund,"), unless over a fifth do.

## Why it matters
Every count, split and loss reads "Billing", "billing " and "biling" as three classes. The model never learns the small
ones, and the large one looks smaller than it is.

## Bad
```jsonl vary=20
{"prompt": "{w}", "completion": "{w}", "category": "Billing"}
```
```jsonl
{"prompt": "Why was I charged twice?", "completion": "One of the two will be refunded.", "category": "biling"}
{"prompt": "Where is my invoice?", "completion": "In the billing section.", "category": "billing "}
```
## Good
```jsonl vary=20
{"prompt": "{w}", "completion": "{w}", "category": "class 1"}
```
```jsonl vary=4
{"prompt": "About class 2: {w}", "completion": "Answer {n}: {w}", "category": "class 2"}
```
## What to do
Choose one spelling and rename the others. Remove a separator behind which no label is.
## Known limits
Of several labels in a row, each is compared. Other labels that differ in digits, or in single-letter words, are not
compared, and neither are scripts without an alphabet. Labels of two letters, or of more digits than letters, that differ in capitals
only ("No" and "no", "T3" and "t3") are reported if the one is rare or a word, and up to three pairs do: the case of
codes may say something ("CO" and "Co"). Of codes in capitals, five of which are one letter apart (`PRON`, `PRONP`,
`PRONPC`), only case and blanks are compared. So are words of which three or more come with and without the same last
letter ("vennlig" and "vennlige"), other than a plural s. Keys with over 2,000 values are not checked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from datalint.api import Category, Confidence, Dataset, Hit, Options, Severity, excerpt, frozen, option, rule
from datalint.rules.common.labels.category_variants import RARITY, variants


@frozen
class CategoryVariantOptions(Options):
    """When a misspelling is believed."""

    rarity: float = option(
        RARITY,
        "share of the other label's examples that a misspelled one has at most",
        source="slips are rarer than labels",
    )


@rule(
    "BAL004", "category-variant", severity=Severity.WARNING, since="0.1", needs={"category"}, confidence=Confidence.HIGH
)
def category_variant(data: Dataset, options: CategoryVariantOptions) -> Iterator[Hit]:
    """Yield a hit at the first row of each variant."""
    category = data.category
    if category is not None:
        for label, other in variants(category, options.rarity):
            yield _variant_hit(category, label, other)
        rows = category.unfinished
        others = category.total - len(rows)
        for row in rows if len(rows) <= options.rarity * others else ():
            yield Hit(
                f"the labels end with a separator that no label follows; those of {others:,} rows do not",
                path=_path(category),
                at=row,
            )


def _variant_hit(category: Category, label: str, other: str) -> Hit:
    first, there = category.first_row(label), category.first_row(other)
    counts = category.counts
    return Hit(
        f'"{excerpt(label, 40)}" ({counts[label]:,}) looks like "{excerpt(other, 40)}" ({counts[other]:,}) '
        f'under "{excerpt(category.key, 40)}"',
        path=_path(category),
        at=first,
        related=() if there is None else ((there, None),),
    )


def _path(category: Category) -> str | None:
    return f"$.{category.key}" if re.fullmatch(r"[A-Za-z_][A-Za-z0-9_.]*", category.key) else None

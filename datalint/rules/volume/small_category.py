"""A category has too few examples to be learned.

## What it does
Counts the examples of each category and reports, in one finding, the categories under `minimum`, the smallest
first. Another finding names the labels that all prompts list ("Answer with late, lost or other") and no row has.

## Why it matters
A model memorises a handful of examples instead of learning from them, and there are none left to hold out. Even for a
whole dataset, the guide's Bad column is 10 examples.

## Bad
```jsonl vary=40
{"text": "{w}", "label": "billing"}
```
```jsonl
{"text": "Where is my parcel?", "label": "delivery"}
```
## Good
```jsonl vary=20
{"text": "{w}", "label": "billing"}
```
```jsonl vary=20
{"text": "About delivery: {w}", "label": "delivery"}
```
## What to do
Add examples to the small categories, or merge them into others. Take labels without any out of the prompts.
## Known limits
Only values that are learned are checked: a label, an intent, or the key of `--category`. A key that was found by its
name and only sorts the rows, such as the topic of a question, may be as uneven as its subject.
If `too-few-examples` reports the rows, and they would be under `minimum` for each category in any division, nothing is
reported. A value that `category-variant` reports as a spelling of another one is left out, and so is one of which
`missing-category-value` says that it stands for no label. A key with hardly more rows
than values is probably an id, not a category, and is not checked. Evaluation sets are not checked either, because they
may be as uneven as the data that they represent. Responses that are numbers far apart, some of them below zero, measure
something and are not checked.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from datalint.api import Dataset, Hit, Options, Severity, counted, excerpt, frozen, listed, option, rule
from datalint.rules.common.labels.categories import is_learned
from datalint.rules.common.labels.category_variants import named_variants
from datalint.rules.common.labels.listed_labels import labels_without_rows
from datalint.rules.common.labels.no_label import named_for_none
from datalint.rules.common.too_few import are_too_few

_SHOWN = 5
_ROWS_PER_VALUE = 2
#: How far apart numbers of which some are below zero lie that are no categories, as a multiple of how many they are.
_APART = 10
_NUMBER = r"[-+]?[0-9]{1,15}(?:\.[0-9]{1,15})?"


@frozen
class SmallCategoryOptions(Options):
    """When a category is small."""

    minimum: int = option(10, "examples that a category should have", source="the guide's Bad column for volume")


@rule("VOL007", "small-category", severity=Severity.WARNING, since="0.1", needs={"category"})
def small_category(data: Dataset, options: SmallCategoryOptions) -> Iterator[Hit]:
    """Yield one hit for the dataset that lists the small categories, and one for labels that no row has."""
    category = data.category
    if category is None or data.kind == "evaluation" or category.total < _ROWS_PER_VALUE * len(category.counts):
        return
    if category.total < options.minimum * len(category.counts) and are_too_few(data):
        return  # so few rows are small in any division; of fewer than one category should have, none is
    if category.total < options.minimum:
        return
    if _measure(category.counts) or not is_learned(data, category):
        return
    small = [(count, value) for value, count in category.counts.items() if count < options.minimum]
    said = named_variants(data) | named_for_none(data) if small else ()
    if lacking := labels_without_rows(data, category, options.minimum):
        names = listed((f'"{excerpt(label, 40)}"' for label in lacking), len(lacking), _SHOWN)
        what = "answers" if len(lacking) > 1 else "an answer"
        yield Hit(f"no example has {names}, which the prompts list as {what}", key="listed")
    small = [(count, value) for count, value in small if value not in said]
    if not small:
        return
    small.sort()
    shown = listed((f'"{excerpt(value, 40)}" {count:,}' for count, value in small), len(small), _SHOWN)
    total = len(category.counts)
    have = "has" if len(small) == 1 else "have"
    yield Hit(
        f'{len(small):,} of {counted(total, "value")} of "{excerpt(category.key, 40)}" {have} under '
        f"{counted(options.minimum, 'example')}: {shown}",
        related=tuple((_first(data, value), None) for _, value in small[:_SHOWN]),
    )


def _measure(values: Collection[str]) -> bool:
    """Return whether most values are numbers that measure something: some are below zero, and they lie far apart."""
    numbers = [float(value) for value in values if re.fullmatch(_NUMBER, value)]
    if 2 * len(numbers) <= len(values):
        return False
    return min(numbers) < 0 and max(numbers) - min(numbers) > _APART * len(numbers)


def _first(data: Dataset, value: str) -> int:
    assert data.category is not None
    place = data.category.first_row(value)
    return 0 if place is None else place

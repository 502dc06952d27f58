"""A category such as "other" contains most of the rows.

## What it does
Reports a category whose name says that it is for everything else ("other", "misc", "mixed", "general", "unknown" …,
also in other languages) if it contains at least `min-share` of the examples. Labels of two values are left out, because
the second one is then what the first one is not ("OFFENSE", "OTHER"), and so is "none" where it is the answer, which
says that no label applies.

## Why it matters
The balance of categories is meaningless if most rows are in one that combines many subjects. No count, split or gate
can take these subjects into account, and a classifier that is trained on such rows learns to answer "other".

## Bad
```jsonl vary=12
{"prompt": "{w}", "completion": "{w}", "category": "other"}
```
```jsonl vary=8
{"prompt": "About delivery: {w}", "completion": "Answer {n}: {w}", "category": "delivery"}
```
## Good
```jsonl vary=3
{"prompt": "{w}", "completion": "{w}", "category": "other"}
```
```jsonl vary=20
{"prompt": "About delivery: {w}", "completion": "Answer {n}: {w}", "category": "delivery"}
```
## What to do
Divide the category into its subjects, or choose another key with `--category`.
## Known limits
The rule relies on the name, although a category such as "general" may be a real subject.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from datalint.api import Category, Dataset, Hit, Options, Severity, excerpt, frozen, option, percent, rule
from datalint.rules.common.labels.categories import are_answers

#: Words for the rest, as whole labels.
_NAMES: Final = frozenset(
    """other others misc miscellaneous mixed mix various general default unknown undefined unspecified uncategorized
    uncategorised unlabeled unlabelled unclassified none null na nan n/a tbd todo rest any all everything
    other_category other_topics something_else none_of_the_above not_applicable not_specified general_other
    其他 其它 综合 通用 未知 未分类 その他 기타 sonstige sonstiges andere autre autres divers otro otros varios altro
    altri outro outros другое прочее разное""".split()
)


#: Those that say that no label applies.
_NONE: Final = frozenset("none null na nan n/a not_applicable none_of_the_above".split())


@frozen
class CatchAllCategoryOptions(Options):
    """When a category for the rest is too large."""

    min_share: float = option(0.5, "share of the examples from which it is reported", source="most rows")


@rule("BAL012", "catch-all-category", severity=Severity.INFO, since="0.1", needs={"category"})
def catch_all_category(data: Dataset, options: CatchAllCategoryOptions) -> Iterator[Hit]:
    """Yield a hit for the dataset with a large category for the rest."""
    category = data.category
    if category is None or len(category.counts) < 2:
        return
    if len(category.counts) == 2 and are_answers(data, category):
        return
    for value, count in category.counts.items():
        share = count / category.total
        if share < options.min_share:
            return
        name = re.sub(r"[\s_-]+", "_", value.strip(" \t.()[]").casefold())
        if name in _NAMES and not (name in _NONE and _is_answer(data, category, value)):
            yield Hit(
                f'{percent(share)} of {category.total:,} examples have the value "{excerpt(value, 40)}" under '
                f'"{excerpt(category.key, 40)}", so their real categories are unknown'
            )


def _is_answer(data: Dataset, category: Category, value: str) -> bool:
    """Return whether all rows with a value have one response, which is an answer that depends on the value."""
    responses = data.examples.filter(category.values == value)
    return bool((responses["response_chars"] > 0).all()) and responses["response_hash"].n_unique() == 1

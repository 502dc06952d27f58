"""A row has no category although other rows have one.

## What it does
Reports each row without a value under the category key (absent, null, or white space) when at least `min-share`
of the rows have one.

## Why it matters
The row does not count in any category, so shares and splits by category silently ignore it.

## Bad
```jsonl vary=20
{"prompt": "{w}", "completion": "{w}", "category": "billing"}
```
```jsonl
{"prompt": "Where is my parcel?", "completion": "It left the depot this morning.", "category": ""}
```
## Good
```jsonl vary=20
{"prompt": "{w}", "completion": "{w}", "category": "billing"}
```
## What to do
Add the category to the row, or use one such as "other".
## Known limits
A value that is an object or a list counts as missing.
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import Confidence, Dataset, Hit, Options, Severity, excerpt, frozen, option, rule


@frozen
class MissingCategoryValueOptions(Options):
    """When a key is meant for all rows."""

    min_share: float = option(
        0.5, "share of rows with a value from which the others miss theirs", source="most rows have it"
    )


@rule(
    "BAL003",
    "missing-category-value",
    severity=Severity.WARNING,
    since="0.1",
    needs={"category"},
    confidence=Confidence.HIGH,
)
def missing_category_value(data: Dataset, options: MissingCategoryValueOptions) -> Iterator[Hit]:
    """Yield a hit at every row without a category."""
    category = data.category
    if category is None or category.missing == 0 or category.total < options.min_share * data.size:
        return
    message = f'no value for "{excerpt(category.key, 40)}", which {category.total:,} of {data.size:,} rows have'
    for row in category.values.is_null().arg_true():
        yield Hit(message, at=row)

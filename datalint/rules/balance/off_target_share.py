"""Categories do not have the proportions that were declared.

## What it does
Compares the categories' shares with those of `[balance.expected]` by total variation distance, which is the share of
examples that would have to move to another category. Reports a distance over the profile's limit, and the largest
differences.

## Why it matters
The guide asks for proportional representation. If you declare the proportions, such as those of your traffic, datalint
can compare the data with them.

## Bad
```jsonl vary=30
{"prompt": "{w}", "completion": "{w}", "category": "billing"}
```
```jsonl vary=10
{"prompt": "About delivery: {w}", "completion": "Answer {n}: {w}", "category": "delivery"}
```
```toml config
[balance.expected]
billing = 0.5
delivery = 0.5
```
## Good
```jsonl vary=30
{"prompt": "{w}", "completion": "{w}", "category": "billing"}
```
```jsonl vary=30
{"prompt": "About delivery: {w}", "completion": "Answer {n}: {w}", "category": "delivery"}
```
```toml config
[balance.expected]
billing = 0.5
delivery = 0.5
```
## What to do
Add or remove examples of the categories that the finding names, or correct the declaration.
## Known limits
Without a declared distribution, nothing is reported. Rows without a category are not counted.
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import Category, Confidence, Dataset, Hit, Options, Severity, excerpt, percent, rule

_SHOWN = 3


@rule(
    "BAL005",
    "off-target-share",
    severity=Severity.WARNING,
    since="0.1",
    needs={"distribution"},
    confidence=Confidence.HIGH,
)
def off_target_share(data: Dataset, options: Options) -> Iterator[Hit]:
    """Yield one hit for the dataset when it is too far from the declared distribution."""
    category, distance = data.category, data.measures.get("distribution-distance")
    warn, fail = data.limits.get("distribution-distance", (None, None))
    limit = warn if warn is not None else fail
    if category is None or not category.expected or distance is None or limit is None or distance <= limit:
        return
    key = excerpt(category.key, 40)
    yield Hit(
        f'{percent(distance)} of examples would need another "{key}" to match the declared shares, '
        f"limit {percent(limit)}: {', '.join(_gaps(category))}"
    )


def _gaps(category: Category) -> list[str]:
    expected = category.expected or {}
    shares = {value: count / sum(category.counts.values()) for value, count in category.counts.items()}
    labels = list(dict.fromkeys((*expected, *shares)))
    labels.sort(key=lambda label: -abs(shares.get(label, 0) - expected.get(label, 0)))
    return [
        f'"{excerpt(label, 40)}" {percent(shares.get(label, 0))}, declared {percent(expected.get(label, 0))}'
        for label in labels[:_SHOWN]
    ]

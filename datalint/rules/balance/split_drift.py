"""Categories have different proportions in training and evaluation data.

## What it does
Compares the categories' shares in training with those in evaluation by total variation distance, minus the distance
that chance explains for datasets of these sizes. Reports more than `max-distance`, and the largest differences.

## Why it matters
An evaluation set with different proportions measures a different task: the score depends on the proportions, not only
on the model.

## Bad
```jsonl vary=60
{"prompt": "{w}", "completion": "{w}", "category": "billing"}
```
```jsonl vary=60
{"prompt": "About delivery: {w}", "completion": "Answer {n}: {w}", "category": "delivery"}
```
```jsonl eval vary=60
{"prompt": "Asked later: {w}", "completion": "Reply {n}: {w}", "category": "billing"}
```
## Good
```jsonl vary=60
{"prompt": "{w}", "completion": "{w}", "category": "billing"}
```
```jsonl eval vary=60
{"prompt": "Asked later: {w}", "completion": "Reply {n}: {w}", "category": "billing"}
```
## What to do
Split at random within each category (a stratified split).
## Known limits
The rule needs the same category key in both splits, and at least `min-rows` rows with a value in each. An evaluation
set whose labels were left out is reported by `small-evaluation-set` only. An evaluation
set that is harder on purpose is reported too. A key with 20 values or more that the model does not learn, hardly any of
which is in both splits, divides the rows by document or topic on purpose, and is not compared.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from datalint.api import Category, Dataset, Hit, Options, Severity, excerpt, frozen, option, percent, rule
from datalint.rules.common.labels.categories import are_split_by
from datalint.rules.common.labels.hidden_labels import hidden_labels

_SHOWN = 3


@frozen
class SplitDriftOptions(Options):
    """When two splits are of another mix."""

    max_distance: float = option(
        0.1,
        "total variation distance beyond chance",
        source="as the gate for the distance from a declared distribution",
    )
    min_rows: int = option(50, "rows with a category that each side needs", source="shares of fewer are chance")


@rule("BAL006", "split-drift", severity=Severity.WARNING, since="0.1", needs={"category", "evaluation"})
def split_drift(data: Dataset, options: SplitDriftOptions) -> Iterator[Hit]:
    """Yield one hit for the dataset when the splits' shares differ by more than chance and the limit."""
    category, held = data.category, data.evaluation_category
    if category is None or held is None or category.key != held.key:
        return
    if min(category.total, held.total) < options.min_rows or hidden_labels(data.examples, data.evaluation):
        return
    if are_split_by(data, category, held):
        return
    ours, theirs = _shares(category), _shares(held)
    labels = list(dict.fromkeys((*ours, *theirs)))
    gaps = {label: theirs.get(label, 0.0) - ours.get(label, 0.0) for label in labels}
    distance = sum(map(abs, gaps.values())) / 2
    chance = _chance(category, held)
    if distance - chance <= options.max_distance:
        return
    widest = sorted(labels, key=lambda label: -abs(gaps[label]))[:_SHOWN]
    shown = ", ".join(
        f'"{excerpt(label, 40)}" {percent(ours.get(label, 0))} → {percent(theirs.get(label, 0))}' for label in widest
    )
    key = excerpt(category.key, 40)
    yield Hit(
        f'shares of "{key}" differ by {percent(distance)} between training and evaluation '
        f"(chance explains {percent(chance)}, limit {percent(options.max_distance)} beyond it): {shown}"
    )


def _shares(category: Category) -> Mapping[str, float]:
    total = sum(category.counts.values())  # of labels, where a row has several
    return {value: count / total for value, count in category.counts.items()}


def _chance(one: Category, other: Category) -> float:
    """Return the distance to expect between two samples of one distribution.

    The mean absolute difference of two sample shares is sqrt(2 / pi) of its standard deviation, in the normal
    approximation to the binomial.
    """
    total = one.total + other.total
    spread = 1 / one.total + 1 / other.total
    pooled = ((one.counts.get(v, 0) + other.counts.get(v, 0)) / total for v in one.counts.keys() | other.counts.keys())
    return sum(sorted(math.sqrt(2 / math.pi * p * (1 - p) * spread) for p in pooled)) / 2

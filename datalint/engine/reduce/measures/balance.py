"""Measures of the distribution of examples over categories."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from datalint.engine.reduce.categories import NO_CATEGORY, no_values
from datalint.engine.reduce.measures.registry import Facts, measure
from datalint.privacy.display import excerpt

#: What to do where each class has a file of its own.
_TOGETHER = "check the files of all classes together"


def evenness_of(counts: Sequence[int]) -> float | None:
    """Return the normalised Shannon entropy of the counts (Pielou's evenness): 1 even, 0 one-sided."""
    total = sum(counts)
    if total == 0:
        return None
    if len(counts) == 1:
        return 0.0
    entropy = -sum(count / total * math.log(count / total) for count in counts if count)
    return entropy / math.log(len(counts))


def distance_of(counts: Mapping[str, int], expected: Mapping[str, float]) -> float:
    """Return the total variation distance (0 to 1) between the counts' shares and the expected shares."""
    total = sum(counts.values()) or 1
    labels = counts.keys() | expected.keys()
    return sum(abs(counts.get(label, 0) / total - expected.get(label, 0.0)) for label in labels) / 2


def _without_values(facts: Facts) -> str | None:
    category = facts.data.category
    if category is not None and category.is_constant:
        what = _TOGETHER if facts.data.files_of_classes else "name a key with --category KEY"
        return f"all rows have the same value of {excerpt(category.key, 40)!r}; {what}"
    return no_values(facts.data.examples, category.key) if category is not None and not category.counts else None


def _undeclared(facts: Facts) -> str | None:
    """Return the problem with the category, if there is one, rather than ask for a distribution over it."""
    reason = _without_values(facts) or facts.missing.get("category")
    return None if reason is None or reason.startswith(NO_CATEGORY) else reason


@measure("largest-category-share", needs={"category"}, remedy=_without_values)
def largest_category_share(facts: Facts) -> float | None:
    """Return the share of the largest category."""
    category = facts.data.category
    if category is None or not category.counts or category.is_constant:
        return None
    return max(category.counts.values()) / category.total


@largest_category_share.detail
def largest_category(facts: Facts) -> str | None:
    """Name the largest category."""
    category = facts.data.category
    if category is None:
        return None
    name, count = next(iter(category.counts.items()))
    return f"{category.key} = {name!r}: {count:,} of {category.total:,}"


@measure("evenness", needs={"category"}, remedy=_without_values)
def evenness(facts: Facts) -> float | None:
    """Return the evenness of the categories, without stray values."""
    category = facts.data.category
    if category is None or category.is_constant:
        return None
    return evenness_of(list(category.judged.values()))


@measure("distribution-distance", needs={"distribution"}, remedy=_undeclared)
def distribution_distance(facts: Facts) -> float | None:
    """Return the distance of the categories from the declared distribution."""
    category = facts.data.category
    if category is None or not category.counts or not category.expected:
        return None
    return distance_of(category.counts, category.expected)


@measure("categories", needs={"category"})
def categories(facts: Facts) -> int | None:
    """Count the categories without stray values, among which the largest one has its even share.

    Where a row may have several labels, each is there or not: these are two.
    """
    category = facts.data.category
    return (category.ways or None) if category is not None and category.counts else None

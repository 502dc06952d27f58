"""The numbers behind the gates, each by the name that the profiles use."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl

from datalint.core.finding import Factor, Severity
from datalint.engine.plan import Active
from datalint.engine.reduce.repeats import Repeats
from datalint.records.dataset import Category, Dataset, Group, Leak, Review, most_serious

Measures = dict[str, float | int | None]

#: Share of a dataset that repeats others, beyond which dropping repeats would leave something else.
_MOST = 0.5


def evenness(counts: Sequence[int]) -> float | None:
    """Return the normalised Shannon entropy of the counts (Pielou's evenness): 1 even, 0 one-sided."""
    total = sum(counts)
    if total == 0:
        return None
    if len(counts) == 1:
        return 0.0
    entropy = -sum(count / total * math.log(count / total) for count in counts if count)
    return entropy / math.log(len(counts))


def distribution_distance(counts: Mapping[str, int], expected: Mapping[str, float]) -> float:
    """Return the total variation distance (0 to 1) between the counts' shares and the expected shares."""
    total = sum(counts.values()) or 1
    labels = counts.keys() | expected.keys()
    return sum(abs(counts.get(label, 0) / total - expected.get(label, 0.0)) for label in labels) / 2


def diversity_measures(
    repeats: Repeats, families: Sequence[Group], conflicts: Sequence[Group], prompts: int
) -> Measures:
    """Return shares of redundant rows, of the largest cluster and family, and of conflicting prompts."""
    size = len(repeats.anchor)
    if size == 0:
        return {}
    return {
        "redundant-share": float(repeats.redundant.mean()),
        "largest-cluster-share": repeats.largest / size if repeats.largest > 1 else 0.0,
        "template-family-share": len(families[0].rows) / size if families else 0.0,
        "conflicting-prompt-share": sum(len(group.rows) for group in conflicts) / size if prompts else None,
    }


def emptied(dataset: Dataset) -> str | None:
    """Return in words what is left of a dataset of which most rows repeat others, None where most don't."""
    redundant = round((dataset.measures.get("redundant-share") or 0) * dataset.size)
    if redundant <= _MOST * dataset.size:
        return None
    largest = round((dataset.measures.get("largest-cluster-share") or 0) * dataset.size)
    alone = f"one cluster holds {largest:,}" if largest > _MOST * dataset.size else f"{redundant:,} repeat others"
    return f"of {dataset.size:,} rows {alone}: without repeats {dataset.size - redundant:,} would be left"


def balance_measures(category: Category | None) -> Measures:
    """Return the largest share, the evenness and the distance from the expected shares; None unassessed."""
    if category is None or not category.counts:
        return {
            "largest-category-share": None,
            "evenness": None,
            "distribution-distance": None,
            "categories": None,
        }
    counts = list(category.counts.values())
    return {
        "largest-category-share": max(counts) / category.total,
        "evenness": evenness(counts),
        "distribution-distance": (
            distribution_distance(category.counts, category.expected) if category.expected else None
        ),
        "categories": len(counts),
    }


def readiness_measures(evaluation: int | None, leaks: Sequence[Leak]) -> Measures:
    """Return the number of evaluation rows (0 without a set) and of leaked ones by kind."""
    kinds = [leak.kind for leak in most_serious(leaks)]
    assessed = evaluation is not None
    return {
        "evaluation-examples": evaluation or 0,
        "leaked-exact": kinds.count("exact") + kinds.count("normalized") if assessed else None,
        "leaked-near": kinds.count("near") if assessed else None,
        "leaked-prompt": kinds.count("prompt") if assessed else None,
    }


def review_measures(review: Review | None) -> Measures:
    """Return the reviewed share, None where no field says so."""
    return {"reviewed-share": None if review is None else review.reviewed / review.total}


def flagged_rows(hits: pl.DataFrame, rules: Sequence[Active], factor: Factor, *severities: Severity) -> np.ndarray:
    """Return the distinct row indices with a gated hit of ``factor`` at one of ``severities``."""
    counted = [
        index
        for index, active in enumerate(rules)
        if active.rule.factor is factor and active.rule.gated and active.rule.scope.value != "dataset"
    ]
    if hits.height == 0 or not counted:
        return np.empty(0, dtype=np.int64)
    wanted = [severity.value for severity in severities]
    rows = hits.filter(pl.col("rule").is_in(counted) & pl.col("at").is_not_null() & _severity(rules).is_in(wanted))
    return rows["at"].unique().to_numpy()


def _severity(rules: Sequence[Active]) -> pl.Expr:
    """Return the severity of hits: their own, else their rule's."""
    names = [active.severity.value for active in rules]
    numbers = list(range(len(names)))
    return pl.coalesce("severity", pl.col("rule").replace_strict(numbers, names, default=None, return_dtype=pl.String))


def lines_without_record(hits: pl.DataFrame, rules: Sequence[Active], factor: Factor) -> int:
    """Count error-severity hits of ``factor`` on bytes that yielded no record, each line once."""
    counted = [
        index
        for index, active in enumerate(rules)
        if active.rule.factor is factor and active.rule.scope.value == "file"
    ]
    if hits.height == 0 or not counted:
        return 0
    grave = _severity(rules) == Severity.ERROR.value
    bare = hits.filter(pl.col("rule").is_in(counted) & pl.col("at").is_null() & grave)
    lined = bare.filter(pl.col("line").is_not_null())
    return int(lined.select("file", "line").n_unique()) + bare.height - lined.height

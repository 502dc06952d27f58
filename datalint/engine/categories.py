"""Which key the balance factor counts, and which field says that a row was reviewed."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from datalint.core.dataset import Category, Review
from datalint.engine.keys import CATEGORY_NAMES, REVIEW_NAMES, STRONG_CATEGORY_NAMES, is_reviewed

#: A key found by name counts when at least half of the rows have it, as for a column that is meant for all.
_COVERAGE = 0.5
#: Values must repeat: at most one distinct value to this many rows, beyond a handful.
_ROWS_PER_VALUE = 3
_HANDFUL = 12
#: Shapes whose ``label`` is a preference or belongs to the response, no category.
_NO_LABEL = frozenset(("kto", "preference", "openai-preference", "stepwise"))


def find_category(
    examples: pl.DataFrame, configured: str | None, expected: Mapping[str, float] | None = None
) -> Category | None:
    """Return the category key and its counts: the configured one, else the first by name whose values repeat.

    The names, in order, are :data:`~datalint.engine.keys.CATEGORY_NAMES`; a key inside ``metadata``, ``meta``,
    ``info`` or ``extra`` counts too. None when no key qualifies.
    """
    if configured is not None:
        column = f"category:{configured}"
        if column not in examples.columns:
            return None
        return _category(examples, configured, "as configured", expected)
    for key in _candidates(examples):
        if _qualifies(examples, key):
            return _category(examples, key, "found by name", expected)
    return None


def _candidates(examples: pl.DataFrame) -> list[str]:
    keys = [name.partition(":")[2] for name in examples.columns if name.startswith("category:")]
    return sorted(keys, key=lambda key: (_rank(key), "." in key, key))


def _rank(key: str) -> int:
    return CATEGORY_NAMES.index(key.rpartition(".")[2].strip().lower())


def _qualifies(examples: pl.DataFrame, key: str) -> bool:
    leaf = key.rpartition(".")[2].strip().lower()
    values = examples[f"category:{key}"]
    if leaf == "label" and not _NO_LABEL.isdisjoint(examples["shape"].unique()):
        return False
    present = values.len() - values.null_count()
    if present < _COVERAGE * values.len() or present < 2:
        return False
    distinct = values.drop_nulls().n_unique()
    if distinct == 1:
        return leaf in STRONG_CATEGORY_NAMES
    return distinct <= _HANDFUL < present or distinct * _ROWS_PER_VALUE <= present


def _category(
    examples: pl.DataFrame, key: str, origin: str, expected: Mapping[str, float] | None
) -> Category:
    values = examples[f"category:{key}"].alias("value")
    counts = values.drop_nulls().value_counts().sort(["count", "value"], descending=[True, False])
    return Category(
        key=key,
        origin=origin,
        counts=dict(counts.iter_rows()),
        missing=values.null_count(),
        values=values,
        expected=dict(expected) if expected else None,
    )


def find_review(examples: pl.DataFrame) -> Review | None:
    """Return the field that marks rows as reviewed, the first by name; None when rows have none.

    A row counts as reviewed when the field is neither empty, null, false nor a word for "not yet".
    """
    keys = [name.partition(":")[2] for name in examples.columns if name.startswith("review:")]
    if not keys:
        return None
    key = min(keys, key=lambda each: (REVIEW_NAMES.index(each.rpartition(".")[2].strip().lower()), each))
    marks = examples.select(is_reviewed(pl.col(f"review:{key}")).alias("mark"))["mark"]
    unreviewed = (~marks).arg_true()
    return Review(key, int(marks.sum()), marks.len(), int(unreviewed[0]) if len(unreviewed) else None)

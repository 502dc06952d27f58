"""Files of an evaluation set without labels: shared tasks publish them with one value, such as -1, for all rows."""

from __future__ import annotations

from typing import Final

import polars as pl

#: Rows of a file of which the labels can't be the same by chance.
_LEAST: Final = 20
#: Characters of an answer that is a label, and rows for each different label of the training set.
_LONGEST: Final = 60
_FOR_EACH: Final = 5


def hidden_labels(training: pl.DataFrame, evaluation: pl.DataFrame | None) -> dict[int, int]:
    """Return the number of rows of each file of an evaluation set whose labels are not in it, by the file's number.

    All rows of such a file have an empty answer, unlike rows of the training set of the same shape, or one answer that
    none of the training labels is. Rows of a training set whose answers are no labels, and a class of its own that both
    sets have, say nothing.
    """
    if evaluation is None or min(evaluation.height, training.height) < _LEAST:
        return {}
    files = (
        evaluation.group_by("file")
        .agg(
            pl.len().alias("rows"),
            pl.col("response_chars").max().alias("chars"),
            pl.col("answer").n_unique().alias("answers"),
            pl.col("answer").first(),
            pl.col("shape").unique().alias("shapes"),
        )
        .filter((pl.col("rows") >= _LEAST) & ((pl.col("chars") == 0) | (pl.col("answers") == 1)))
        .sort("file")
    )
    if files.is_empty():
        return {}
    answered, labels = _answered(training), _labels(training)
    empty = (pl.col("chars") == 0) & pl.col("shapes").list.eval(pl.element().is_in(answered)).list.all()
    other = (pl.col("chars") > 0) & ~pl.col("answer").is_in(labels.implode()) if len(labels) else pl.lit(value=False)
    return dict(files.filter(empty | other).select("file", "rows").iter_rows())


def _answered(training: pl.DataFrame) -> list[str]:
    """Return the shapes of the training set whose rows all have an answer, if they are enough."""
    shapes = training.group_by("shape").agg(pl.len().alias("rows"), pl.col("response_chars").min().alias("chars"))
    return shapes.filter((pl.col("rows") >= _LEAST) & (pl.col("chars") > 0))["shape"].to_list()


def _labels(training: pl.DataFrame) -> pl.Series:
    """Return the answers of the training set if they are a few labels; none for other answers."""
    longest, labels = training["response_chars"].max(), training["answer"].unique()
    short = isinstance(longest, int) and 0 < longest <= _LONGEST
    return labels if short and 1 < len(labels) <= training.height / _FOR_EACH else labels.clear()

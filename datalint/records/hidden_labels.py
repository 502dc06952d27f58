"""Evaluation sets without their labels: shared tasks publish these with one value, such as -1, for all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import polars as pl

#: Rows of an evaluation set of which the labels can't be the same by chance.
_LEAST: Final = 20
#: Characters of an answer that is a label, and rows for each different label of the training set.
_LONGEST: Final = 60
_FOR_EACH: Final = 5


def are_hidden(training: pl.DataFrame, evaluation: pl.DataFrame | None) -> bool:
    """Return whether all rows of an evaluation set have one answer that none of the training labels is.

    Rows of a training set whose answers are no labels, and a class of its own that both sets have, say nothing.
    """
    if evaluation is None or min(evaluation.height, training.height) < _LEAST:
        return False
    if evaluation["answer"].n_unique() != 1:
        return False
    longest = training["response_chars"].max()
    if not isinstance(longest, int) or not 0 < longest <= _LONGEST:
        return False
    labels = training["answer"].unique()
    few = 1 < len(labels) <= training.height / _FOR_EACH
    return few and not labels.is_in(evaluation["answer"].unique().implode()).any()

"""Files of an evaluation set without labels: shared tasks publish them with one value, such as -1, for all rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
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
    counts = evaluation["file"].value_counts()
    sizes = dict(zip(counts["file"].to_list(), counts["count"].to_list(), strict=True))
    return {
        file: size
        for file, size in sorted(sizes.items())
        if size >= _LEAST and _are_hidden(training, evaluation.filter(evaluation["file"] == file))
    }


def _are_hidden(training: pl.DataFrame, held: pl.DataFrame) -> bool:
    longest, most = training["response_chars"].max(), held["response_chars"].max()
    if not isinstance(longest, int) or longest == 0:
        return False
    if most == 0:
        alike = training.filter(training["shape"].is_in(held["shape"].unique().implode()))
        return alike.height >= _LEAST and bool((alike["response_chars"] > 0).all())
    if longest > _LONGEST or held["answer"].n_unique() != 1:
        return False
    labels = training["answer"].unique()
    few = 1 < len(labels) <= training.height / _FOR_EACH
    return few and not labels.is_in(held["answer"].unique().implode()).any()

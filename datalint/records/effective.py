"""Effective examples: those that are valid, say something, and repeat no other one."""

from __future__ import annotations

from collections.abc import Set
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

from datalint.core.kind import TEXT
from datalint.records.empty_rows import empty_rows
from datalint.records.shape_counts import shapes_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from datalint.records.dataset import Dataset

#: Tokens of a plain text that count as one example: the longest that Amazon Bedrock takes for continued pre-training.
LONGEST_TEXT: Final = 4_096


def effective_rows(data: Dataset) -> NDArray[np.bool_]:
    """Return which rows are valid, say something, and repeat no other, whether or not the repeat is accepted."""
    anchor, valid = data.analyses.anchor, data.examples["valid"].to_numpy()
    rows: NDArray[np.bool_] = valid & ~silent_rows(data) & ~data.ties & (anchor == np.arange(len(anchor)))
    return rows


def repeated_rows(data: Dataset) -> NDArray[np.bool_]:
    """Return which rows would be effective if they repeated no other one, whether or not a finding names them."""
    anchor, valid = data.analyses.anchor, data.examples["valid"].to_numpy()
    rows: NDArray[np.bool_] = valid & ~silent_rows(data) & ~data.ties & (anchor != np.arange(len(anchor)))
    return rows


def silent_rows(data: Dataset) -> NDArray[np.bool_]:
    """Return which rows say nothing; found once."""
    return data.once(_silent)


def _silent(data: Dataset) -> NDArray[np.bool_]:
    return empty_rows(data.examples)


def effective_examples(data: Dataset) -> int:
    """Count the effective rows; a passage counts as often as it has answers, a plain text as often as it is cut."""
    rows = effective_rows(data)
    if data.kind == TEXT:
        return int((data.examples["tokens"].filter(pl.Series(rows)) / LONGEST_TEXT).ceil().clip(1).sum())
    return int(rows.sum()) + more_examples(data.examples, data.analyses.independent_shapes, pl.Series(rows))


def more_examples(examples: pl.DataFrame, independent: Set[str], kept: pl.Series | None = None) -> int:
    """Return how many more examples than rows there are, as rows of ``independent`` shapes have one for each response.

    With ``kept`` (true or false for each row), only those rows count.
    """
    if independent.isdisjoint(shapes_of(examples)):
        return 0
    several = examples["shape"].is_in(sorted(independent))
    roles = examples["roles"].filter(several if kept is None else several & kept)
    return int((roles.str.count_matches("a").cast(pl.Int64) - 1).clip(0).sum())

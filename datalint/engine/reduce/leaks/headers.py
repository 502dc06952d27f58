"""The first line of texts that is the header of their only column, and no leak."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import polars as pl

from datalint.records.leaks import Leak

if TYPE_CHECKING:
    from datalint.engine.reduce.merge import Merged

#: The container of texts whose lines are the rows.
_TEXT: Final = "text"
#: The maximum number of characters of a header.
_LONGEST: Final = 60


def without_headers(leaks: list[Leak], training: Merged, evaluation: Merged) -> list[Leak]:
    """Return the leaks but for a short first line that all texts of both splits have, where all files are texts."""
    if any(facts.container != _TEXT for each in (training, evaluation) for facts in each.files):
        return leaks
    first, other = map(_first_lines, (training, evaluation))
    both = pl.concat([first, other])
    files = len(training.files) + len(evaluation.files)
    if both.height != files or both["exact"].n_unique() > 1 or (both["response_chars"] > _LONGEST).any():
        return leaks
    heads = set(first["i"].to_list()), set(other["i"].to_list())
    return [each for each in leaks if each.training not in heads[0] or each.evaluation not in heads[1]]


def _first_lines(rows: Merged) -> pl.DataFrame:
    return rows.examples.filter(pl.col("line") == 1).select("i", "exact", "response_chars")

"""Measures of the number of examples."""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl

from datalint.engine.reduce.measures.registry import Facts, measure
from datalint.records.empty_rows import empty_rows
from datalint.shapes.formats import SHAPES

#: Shapes whose rows have several examples.
_INDEPENDENT: Final = frozenset(shape.name for shape in SHAPES if shape.independent)


@measure("examples")
def examples(facts: Facts) -> int:
    """Count the rows that were read."""
    return facts.size


@measure("valid-examples")
def valid_examples(facts: Facts) -> int:
    """Count the rows without a format error."""
    return int(facts.data.examples["valid"].sum())


@measure("effective-examples", needs={"near"})
def effective_examples(facts: Facts) -> int:
    """Count the valid rows that say something and repeat no other, whether or not the repeat is accepted.

    A passage with several questions counts as often as it has answers.
    """
    kept = _kept(facts)
    return int(kept.sum()) + more_examples(facts.data.examples, pl.Series(kept))


def more_examples(examples: pl.DataFrame, kept: pl.Series | None = None) -> int:
    """Return how many more examples than rows there are, as a row has an example for each of its responses.

    With ``kept`` (true or false for each row), only those rows count.
    """
    shapes = examples["shape"].unique().to_list()
    if _INDEPENDENT.isdisjoint(shapes):
        return 0
    several = examples["shape"].is_in(sorted(_INDEPENDENT))
    roles = examples["roles"].filter(several if kept is None else several & kept)
    return int((roles.str.count_matches("a").cast(pl.Int64) - 1).clip(0).sum())


def _kept(facts: Facts) -> np.ndarray:
    """Return which rows are valid, say something, and repeat no other."""
    anchor = facts.data.analyses.anchor
    examples = facts.data.examples
    kept: np.ndarray = examples["valid"].to_numpy() & ~empty_rows(examples) & (anchor == np.arange(len(anchor)))
    return kept


@effective_examples.detail
def lost_examples(facts: Facts) -> str:
    """Return why the other rows don't count."""
    valid = valid_examples.compute(facts) or 0
    examples = facts.data.examples
    empty = int((examples["valid"].to_numpy() & empty_rows(examples)).sum())
    invalid, repeats = facts.size - valid, valid - empty - int(_kept(facts).sum())
    refused = sum(file.rows_refused for file in facts.data.files)
    parts = [f"{facts.size:,} read"]
    parts += [f"{invalid:,} invalid"] if invalid else []
    parts += [f"{empty:,} empty"] if empty else []
    parts += [f"{repeats:,} repeat{'s' * (repeats != 1)}"] if repeats else []
    parts += [f"{refused:,} refused"] if refused else []
    return ", ".join(parts)

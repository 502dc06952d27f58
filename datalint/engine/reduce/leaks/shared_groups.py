"""Groups of rows that are in both splits: rows with one value under a key that the user names."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from datalint.records.leaks import SharedGroup


def find_shared_groups(training: pl.DataFrame, evaluation: pl.DataFrame, keys: Sequence[str]) -> list[SharedGroup]:
    """Return the groups with rows on both sides: by key, then by the first training row.

    ``training`` and ``evaluation`` are the examples of the splits, with a column ``group:KEY`` of hashes for each key.
    """
    found = []
    for key in keys:
        name = f"group:{key}"
        if name not in training.columns or name not in evaluation.columns:
            continue
        ours, theirs = (
            examples.select(pl.col(name).alias("value"), pl.int_range(pl.len(), dtype=pl.Int64).alias(side))
            .drop_nulls()
            .group_by("value", maintain_order=True)
            .agg(side)
            for examples, side in ((training, "training"), (evaluation, "evaluation"))
        )
        shared = ours.join(theirs, on="value", how="inner", maintain_order="left")
        found += [SharedGroup(key, *rows) for rows in shared.select("training", "evaluation").iter_rows()]
    return found

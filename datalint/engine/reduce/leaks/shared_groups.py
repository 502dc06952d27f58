"""Groups of rows that are in both splits: rows with one value under a key that the user names."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from datalint.records.base_ids import are_siblings
from datalint.records.leaks import SharedGroup


def find_shared_groups(training: pl.DataFrame, evaluation: pl.DataFrame, keys: Sequence[str]) -> list[SharedGroup]:
    """Return the groups with rows on both sides: by key, then by the first training row.

    ``training`` and ``evaluation`` are the examples of the splits, with a column ``group:KEY`` of hashes for each key,
    and perhaps one ``group-base:KEY``, of which the values are compared if several of these have several ids.
    """
    found = []
    for key in keys:
        if any(f"group:{key}" not in each.columns for each in (training, evaluation)):
            continue
        values = [each[f"group:{key}"] for each in (training, evaluation)]
        bases = [_bases(each, key) for each in (training, evaluation)]
        if are_siblings(pl.concat(values), pl.concat(bases)):
            values = bases
        ours, theirs = (
            pl.DataFrame({"value": column})
            .select("value", pl.int_range(pl.len(), dtype=pl.Int64).alias(side))
            .drop_nulls()
            .group_by("value", maintain_order=True)
            .agg(side)
            for column, side in zip(values, ("training", "evaluation"), strict=True)
        )
        shared = ours.join(theirs, on="value", how="inner", maintain_order="left")
        found += [SharedGroup(key, *rows) for rows in shared.select("training", "evaluation").iter_rows()]
    return found


def _bases(examples: pl.DataFrame, key: str) -> pl.Series:
    """Return the ids without suffixes; chunks of which no id has any have no such column."""
    columns = [name for name in (f"group-base:{key}", f"group:{key}") if name in examples.columns]
    return examples.select(pl.coalesce(columns).alias("base")).to_series()

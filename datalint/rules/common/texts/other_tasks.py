"""Rows under a system prompt of their own, which are another task than the other rows."""

from __future__ import annotations

import polars as pl

from datalint.api import Dataset


def other_tasks(data: Dataset, deviating: list[int]) -> set[int]:
    """Return those of the ``deviating`` rows whose system prompt no row with the format has: they are another task."""
    systems = data.examples["system_hash"]
    mine = systems.gather(deviating)
    found = mine.value_counts(name="deviating")
    rows = systems.filter(systems.is_in(found["system_hash"].implode())).value_counts(name="rows")
    alone = found.join(rows, on="system_hash").filter(pl.col("deviating") == pl.col("rows"))["system_hash"]
    return {at for at, system in zip(deviating, mine, strict=True) if system in set(alone)}

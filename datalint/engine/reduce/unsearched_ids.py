"""A note on rows of token ids, which have no text to search for near-duplicates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from datalint.shapes.formats import pretokenized

if TYPE_CHECKING:
    from datalint.records.dataset import Dataset


def unsearched_ids(dataset: Dataset) -> str | None:
    """Return how many rows are token ids, of which only exact copies are found; None if there are none."""
    rows = int((dataset.examples["shape"] == pretokenized.SHAPE.name).sum())
    if not rows:
        return None
    leaks = " and near leaks" if dataset.evaluation is not None else ""
    are = f"{rows:,} of {dataset.size:,} rows are token ids" if rows < dataset.size else "the rows are token ids"
    return f"near-duplicates{leaks} are not searched: {are}, of which only exact copies are found; check the texts too"

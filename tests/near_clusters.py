"""The clusters of near-duplicates of some sources, with the settings that a test changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from datalint.operations.clusters import FoundClusters, load_rows
from datalint.sources import Source


def find_near_duplicates(
    sources: Sequence[Source],
    *,
    view: str = "pair",
    shingle: str = "char-5",
    threshold: float = 0.7,
    columns: Mapping[str, str] | None = None,
    all_pairs: bool = False,
) -> FoundClusters:
    """Find near-duplicates of ``sources``, read as one dataset.

    With ``all_pairs`` every verified pair is kept and no bucket is bounded; else those that connect each cluster.
    """
    rows = load_rows(sources, view=view, shingle=shingle, threshold=threshold, columns=columns)
    return rows.find(all_pairs=all_pairs)

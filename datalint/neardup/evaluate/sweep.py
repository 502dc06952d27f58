"""Compare similarity thresholds by what a search with each of them finds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np

from datalint.neardup.search.clusters import Clusters, cluster
from datalint.neardup.search.entry import near_clusters
from datalint.neardup.search.exact import find_exact
from datalint.neardup.search.query import Query
from datalint.neardup.search.texts_at_hand import Parts
from datalint.neardup.sketch.sketch import Sketches
from datalint.neardup.verify.verify import Fetch

THRESHOLDS: Final = (0.5, 0.6, 0.7, 0.8, 0.9)


@dataclass(frozen=True, slots=True)
class Level:
    """The result at one ``threshold``.

    ``clusters`` is the number of clusters, ``redundant`` that of their members without the anchors, ``largest`` that of
    the rows of the largest cluster. ``complete`` is true if no pair can be missing.
    """

    threshold: float
    clusters: int
    redundant: int
    largest: int
    complete: bool

    def to_dict(self) -> dict[str, Any]:
        """Return the values as reports contain them."""
        return {
            "threshold": self.threshold,
            "clusters": self.clusters,
            "redundant": self.redundant,
            "largest": self.largest,
            "method": "exact" if self.complete else "sketch",
        }


def sweep(rows: Sketches | Parts, fetch: Fetch, query: Query, thresholds: Sequence[float] = THRESHOLDS) -> list[Level]:
    """Return the result of ``query`` at each of ``thresholds``.

    If the exact search is cheap at the lowest threshold, its pairs are used for all thresholds; otherwise each
    threshold gets its own search. For ``fetch``, see :func:`~datalint.neardup.search.entry.near_clusters`.
    """
    given = rows.fetch if isinstance(rows, Parts) else fetch
    lowest = replace(query, threshold=min(thresholds))
    pairs = find_exact(rows.sizes, given, lowest)
    levels = []
    for threshold in sorted(thresholds):
        if pairs is not None:
            complete, found = True, cluster(pairs, threshold=threshold)
        else:
            some, found = near_clusters(rows, fetch, replace(lowest, threshold=threshold))
            complete = some.complete
        levels.append(Level(threshold, _count(found), found.redundant, found.largest, complete))
    return levels


def _count(found: Clusters) -> int:
    members = found.anchors != np.arange(len(found.anchors))
    return len(np.unique(found.anchors[members]))

"""Compare similarity thresholds by what a search with each of them finds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from datalint.core.charts import ThresholdLevel
from datalint.neardup.search.clusters import Clusters, cluster
from datalint.neardup.search.entry import near_clusters
from datalint.neardup.search.exact import find_exact
from datalint.neardup.search.own_texts import own_texts
from datalint.neardup.search.query import Query
from datalint.neardup.search.texts_at_hand import NearRows
from datalint.neardup.verify.compare import Fetch
from datalint.support.distinct import distinct

THRESHOLDS: Final = (0.5, 0.6, 0.7, 0.8, 0.9)


def sweep(rows: NearRows, fetch: Fetch, query: Query, thresholds: Sequence[float] = THRESHOLDS) -> list[ThresholdLevel]:
    """Return the result of ``query`` at each of ``thresholds``.

    If the exact search is cheap at the lowest threshold, its pairs are used for all thresholds; otherwise each
    threshold gets its own search. For ``fetch``, see :func:`~datalint.neardup.search.entry.near_clusters`.
    """
    own, given = own_texts(rows, rows.reader(fetch), query.common, query.kernels)
    lowest = replace(query, threshold=min(thresholds))
    pairs = find_exact(own.sizes, given, lowest)
    levels = []
    for threshold in sorted(thresholds):
        if pairs is not None:
            complete, found = True, cluster(pairs, threshold=threshold)
        else:
            some, found = near_clusters(rows, fetch, replace(lowest, threshold=threshold))
            complete = some.complete
        levels.append(ThresholdLevel(threshold, _count(found), found.redundant, found.largest, complete))
    return levels


def _count(found: Clusters) -> int:
    members = found.anchors != np.arange(len(found.anchors))
    return len(distinct(found.anchors[members]))

"""One run tells what each threshold finds: the same as a search with that threshold."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl
import pytest
from neardup_brute import CHAR, brute, classes, planted, prepare

from datalint.core.charts import ThresholdLevel
from datalint.neardup import Limits, Parts, Query, near_clusters
from datalint.neardup.evaluate.sweep import THRESHOLDS, sweep


@pytest.mark.parametrize("exact", [True, False])
def test_levels_are_those_of_searches(exact: bool) -> None:
    limits = Limits() if exact else Limits(exact_shingles=0)
    rows = planted(21, 80, (5, 25))
    rows += rows[:10]
    sketches, fetch = prepare(rows)
    same = classes(rows)
    query = Query(0.7, CHAR, identical=same, limits=limits)
    levels = sweep(sketches, fetch, query)
    assert [level.threshold for level in levels] == list(THRESHOLDS)
    for level in levels:
        _, found = near_clusters(sketches, fetch, replace(query, threshold=level.threshold))
        sizes = np.bincount(found.anchors)
        assert level == ThresholdLevel(
            level.threshold, int((sizes > 1).sum()), found.redundant, int(sizes.max()), complete=exact
        )
    assert levels[0].redundant > levels[-1].redundant >= 10
    members = {j for (_, j), similarity in brute(rows, 0.9).items() if similarity >= 0.9}
    assert levels[-1].redundant <= len(members)


@pytest.mark.parametrize("rows", [[], [("",)], [("a text alone",)]])
def test_nothing_to_find(rows: list[tuple[str]]) -> None:
    texts = Parts([pl.Series([row[0] for row in rows], dtype=pl.String)], CHAR)
    assert sweep(texts, texts.fetch, Query(0.7, CHAR), (0.9, 0.5)) == [
        ThresholdLevel(0.5, 0, 0, 0, complete=True),
        ThresholdLevel(0.9, 0, 0, 0, complete=True),
    ]

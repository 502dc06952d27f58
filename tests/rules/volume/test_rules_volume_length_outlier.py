"""A median of lengths that are counted is the median of them all."""

from __future__ import annotations

import numpy as np
import polars as pl
from hypothesis import example, given
from hypothesis import strategies as st

from datalint.rules.volume.length_outlier import _median


@example(lengths=[1])
@example(lengths=[3, 1])
@example(lengths=[1, 1, 1, 5_000_000])
@given(lengths=st.lists(st.integers(1, 5_000_000) | st.integers(1, 9), min_size=1, max_size=60))
def test_median(lengths: list[int]) -> None:
    values, counts = np.unique(lengths, return_counts=True)
    assert _median(values, counts) == pl.Series(lengths).median()
    shuffled = np.random.default_rng(0).permutation(len(values))
    logs = pl.Series(values).log().to_numpy()
    assert _median(logs[shuffled], counts[shuffled]) == pl.Series(lengths).log().median()

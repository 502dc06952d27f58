"""Which hashes come again, and where first, told by sorts as a plain loop would tell it."""

from __future__ import annotations

import numpy as np
import polars as pl
from hypothesis import example, given
from hypothesis import strategies as st

from datalint.support.duplicates import first_alike, frequent, repeated

MOST = (1 << 64) - 1
HASHES = st.lists(st.one_of(st.integers(0, 9), st.integers(0, MOST), st.just(MOST)), max_size=60)


@example(hashes=[])
@example(hashes=[0])
@example(hashes=[MOST, 0, MOST])
@example(hashes=[7] * 1000)
@given(hashes=HASHES)
def test_the_first_of_each(hashes: list[int]) -> None:
    assert first_alike(np.array(hashes, np.uint64)).tolist() == [hashes.index(each) for each in hashes]


@example(hashes=[])
@example(hashes=[None])
@example(hashes=[None, 0, None])
@given(hashes=st.one_of(HASHES, st.lists(st.one_of(st.none(), st.integers(0, 9)))))
def test_those_that_come_again(hashes: list[int | None]) -> None:
    found = repeated(pl.Series(hashes, dtype=pl.UInt64))
    assert found.dtype == pl.Boolean
    assert found.to_list() == [hashes.count(each) > 1 for each in hashes]


@example(hashes=[], least=1)
@example(hashes=[7] * 20, least=20)
@given(hashes=HASHES, least=st.integers(1, 4))
def test_those_that_occur_often(hashes: list[int], least: int) -> None:
    assert frequent(np.array(hashes, np.uint64), least).tolist() == [hashes.count(each) >= least for each in hashes]

"""Which hashes are repeated, and where they are first, told by sorts as a plain loop would tell it."""

from __future__ import annotations

from collections import Counter

import numpy as np
import polars as pl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from datalint.support.duplicates import count_repeated, first_alike, frequent, has_more, repeated

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
    one, other = frequent(np.array(hashes, np.uint64), least, 2)
    assert one.tolist() == [hashes.count(each) >= least for each in hashes]
    assert other.tolist() == [hashes.count(each) >= 2 for each in hashes]


@example(hashes=[])
@example(hashes=[0])
@example(hashes=[1, 1, 2, 2, 2, 3])
@given(hashes=HASHES)
def test_how_many_occur_again(hashes: list[int]) -> None:
    assert count_repeated(np.array(hashes, np.uint64)) == sum(hashes.count(each) > 1 for each in hashes)


@pytest.mark.parametrize("different", [1, 50, 3_000, 30_000, 10**12])
def test_many_hashes(different: int) -> None:
    hashes = np.random.default_rng(different).integers(0, different, 6_000).astype(np.uint64)
    listed = hashes.tolist()
    counts = Counter(listed)
    firsts = {each: at for at, each in reversed(list(enumerate(listed)))}
    assert first_alike(hashes).tolist() == [firsts[each] for each in listed]
    assert repeated(pl.Series(hashes)).to_list() == [counts[each] > 1 for each in listed]
    [often] = frequent(hashes, 3)
    assert often.tolist() == [counts[each] >= 3 for each in listed]
    assert count_repeated(hashes) == sum(counts[each] > 1 for each in listed)


@pytest.mark.parametrize("late", [True, False])
@pytest.mark.parametrize("values", [9, 10, 11])
def test_whether_there_are_more_values(values: int, *, late: bool) -> None:
    hashes = [0] * 20_000
    at = slice(-values, None) if late else slice(values)
    hashes[at] = range(values)
    assert [has_more(pl.Series(hashes), most) for most in (9, 10)] == [values > 9, values > 10]

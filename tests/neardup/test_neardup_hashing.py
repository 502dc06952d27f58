"""Numbers in groups are sorted as all of them at once would be."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from datalint.neardup.text.hashing import distinct


@given(st.lists(st.lists(st.integers(0, 99), max_size=20), max_size=8), st.sampled_from((np.uint64, np.int64)))
def test_groups_change_nothing(groups: list[list[int]], kind: type[np.uint64 | np.int64]) -> None:
    numbers = np.array([1000 * place + number for place, group in enumerate(groups) for number in group], kind)
    sizes = np.array([len(group) for group in groups], np.int64)
    assert distinct(numbers, sizes).tolist() == distinct(numbers).tolist() == sorted(set(numbers.tolist()))


@pytest.mark.parametrize("sizes", [[2], [0, 0, 2], [5000, 1], [1, 70_000, 3]])
def test_groups_of_any_size(sizes: list[int]) -> None:
    numbers = np.random.default_rng(1).integers(0, 1 << 40, sum(sizes), np.uint64)
    numbers += np.repeat(np.arange(len(sizes), dtype=np.uint64) << np.uint64(41), sizes)
    assert (distinct(numbers, np.array(sizes)) == np.unique(numbers)).all()

"""Distinct numbers are sorted, whatever their type and order."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from datalint.neardup.text.hashing import sort_runs
from datalint.support.distinct import distinct


@given(st.lists(st.integers(0, 99), max_size=60), st.sampled_from((np.uint64, np.int64)))
def test_distinct_numbers_are_sorted(numbers: list[int], kind: type[np.uint64 | np.int64]) -> None:
    assert distinct(np.array(numbers, kind)).tolist() == sorted(set(numbers))


@given(st.lists(st.lists(st.integers(0, 99), max_size=9), max_size=9))
def test_runs_are_sorted_one_by_one(runs: list[list[int]]) -> None:
    numbers = np.array([number for run in runs for number in run], np.uint64)
    sort_runs(numbers, np.array([len(run) for run in runs], np.int64))
    assert numbers.tolist() == [number for run in runs for number in sorted(run)]

"""Of each row's candidates the best are verified first, however many there are."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from datalint.neardup.search.connecting_pairs import least_ranked


@pytest.mark.parametrize("scale", [1, 1 << 30, 1 << 58])
@given(
    elements=st.lists(st.tuples(st.integers(0, 5), st.integers(0, 4).map(lambda rank: 32 * rank))),
    most=st.integers(1, 4),
)
def test_the_first_of_the_least_rank_are_chosen(scale: int, elements: list[tuple[int, int]], most: int) -> None:
    groups = np.array([group * scale for group, _ in elements], np.int64)
    ranks = np.array([rank for _, rank in elements], np.uint8)
    taken: Counter[int] = Counter()
    expected = [False] * len(elements)
    for place in sorted(range(len(elements)), key=lambda place: (elements[place][1], place)):
        group = elements[place][0]
        expected[place] = taken[group] < most
        taken[group] += 1
    assert least_ranked(groups, ranks, most).tolist() == expected

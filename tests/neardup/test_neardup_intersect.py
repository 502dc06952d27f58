"""Counting what sets share is exact, whichever way is taken."""

from __future__ import annotations

import numpy as np
import pytest

from datalint.neardup import Limits
from datalint.neardup.verify import intersect
from datalint.neardup.verify.intersect import count_shared
from datalint.support.graph import components


def made(sets: int, least: int, most: int, pool: int) -> list[np.ndarray]:
    chance = np.random.default_rng(sets + most)
    hashes = chance.integers(0, 2**64, pool, dtype=np.uint64)
    return [np.sort(chance.choice(hashes, chance.integers(least, most + 1), replace=False)) for _ in range(sets)]


CASES = {
    "few pairs": (made(20, 0, 50, 200), 15),
    "many pairs": (made(60, 0, 80, 120), 3000),
    "rare hashes": (made(60, 10, 30, 3000), 3000),
    "common hashes": (made(40, 90, 100, 100), 1500),
    "empty sets": (made(30, 0, 0, 1), 900),
    "two sets": (made(2, 5, 5, 6), 40),
}


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("costs", ["measured", "bits", "lists"])
def test_same_as_set_intersection(name: str, costs: str) -> None:
    listing = 0.0 if costs == "lists" else 1e9
    limits = Limits(group_cost=0.0, list_cost=listing, bitmap_words=64, listed_pairs=50)
    sets, pairs = CASES[name]
    chance = np.random.default_rng(1)
    left = chance.integers(0, len(sets), pairs)
    right = (left + chance.integers(1, len(sets), pairs)) % len(sets)
    expected = [len(np.intersect1d(sets[a], sets[b])) for a, b in zip(left, right, strict=True)]
    assert count_shared(sets, left, right, Limits() if costs == "measured" else limits).tolist() == expected


def test_hashes_that_agree_in_the_bits_that_are_kept() -> None:
    # Multiplied by the first constant tried, these differ in the lowest bits alone, which make room for numbers.
    inverse = pow(intersect.constant(40, 0), -1, 1 << 64)
    hashes = np.sort(
        np.array([(base * 8 + low) * inverse % (1 << 64) for base in range(50) for low in (0, 1)], np.uint64)
    )
    sets = [hashes[start::2] for start in (0, 1)] + [hashes]
    left, right = np.array([0, 0, 1] * 40), np.array([1, 2, 2] * 40)
    assert count_shared(sets, left, right).tolist() == [0, 50, 50] * 40


def test_components() -> None:
    left, right = np.array([0, 5, 3, 7, 8]), np.array([4, 4, 6, 8, 9])
    assert components(left, right, 10).tolist() == [0, 1, 2, 3, 0, 0, 3, 7, 7, 7]


def test_a_long_chain_is_one_component() -> None:
    order = np.random.default_rng(0).permutation(5000)
    assert not components(order[:-1], order[1:], 5000).any()

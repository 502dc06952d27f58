"""Packing gives as many rows as the code of the trainers, of which benchmarks/packing.py takes the figures."""

from __future__ import annotations

import random

import numpy as np
from every import every
from hypothesis import given
from hypothesis import strategies as st

from datalint.stats.packing import Packing, pack

#: Number of a list, its rows and maximum length, and rows after packing with bfd and wrapped of TRL (f2cd577) and with
#: axolotl's multipack (067b021).
FACTS = (
    (0, 1001, 64, 989, 4331, 74),
    (1, 20, 64, 20, 341, 0),
    (2, 1, 64, 1, 1, 1),
    (3, 100, 2048, 42, 52, 33),
    (4, 100, 64, 99, 423, 8),
    (5, 999, 512, 962, 2543, 190),
    (6, 7, 512, 4, 5, 2),
    (7, 1000, 512, 52, 52, 52),
    (8, 100, 512, 47, 57, 35),
    (9, 2500, 512, 2352, 6008, 469),
    (10, 1, 512, 1, 1, 1),
    (11, 2500, 512, 2359, 5931, 478),
    (12, 2500, 2048, 321, 323, 318),
    (13, 999, 2048, 133, 134, 129),
    (14, 7, 2048, 5, 5, 4),
    (15, 100, 2048, 2, 2, 2),
    (16, 1000, 512, 454, 527, 346),
    (17, 1001, 512, 471, 537, 365),
    (18, 20, 2048, 1, 1, 1),
    (19, 1, 64, 1, 15, 0),
)


def lengths(number: int) -> list[int]:
    """Return the list with this number, as benchmarks/packing.py has it."""
    chance = random.Random(number)
    count = chance.choice((1, 7, 20, 100, 999, 1000, 1001, 2500))
    middle, _ = chance.choice((20, 200, 900)), chance.choice((64, 512, 2048))
    return [int(chance.lognormvariate(0, 0.8) * middle) for _ in range(count)]


@every(("number", "count", "length", "bfd", "wrapped", "multipack"), FACTS)
def test_rows_are_those_of_the_trainers(
    number: int, count: int, length: int, bfd: int, wrapped: int, multipack: int
) -> None:
    tokens = np.array(lengths(number))
    expected: dict[Packing, int] = {"bfd": bfd, "wrapped": wrapped, "multipack": multipack}
    assert len(tokens) == count
    assert {strategy: pack(tokens, length, strategy).rows for strategy in expected} == expected


@given(st.lists(st.integers(0, 50), max_size=40), st.integers(1, 30))
def test_no_token_that_fits_is_lost(sizes: list[int], length: int) -> None:
    tokens = np.array(sizes, np.int64)
    wrapped, packed, single = (pack(tokens, length, each) for each in ("wrapped", "bfd", "none"))
    assert wrapped.lost == 0
    assert packed.lost == single.lost == sum(max(size - length, 0) for size in sizes)
    kept = sum(sizes) - packed.lost
    assert -(-kept // length) <= packed.rows <= sum(size > 0 for size in sizes)
    # Best fit decreasing leaves no two rows that are both at most half full.
    assert packed.rows * length <= 2 * kept + length


@given(st.lists(st.integers(0, 50), max_size=40), st.integers(1, 30))
def test_multipack_drops_what_is_too_long(sizes: list[int], length: int) -> None:
    packed = pack(np.array(sizes, np.int64), length, "multipack")
    long = [size for size in sizes if size > length]
    assert (packed.dropped, packed.lost) == (len(long), sum(long))
    kept = sum(sizes) - packed.lost
    assert -(-kept // length) <= packed.rows
    assert packed.rows * length <= 2 * kept + length


def test_multipack_puts_at_most_two_hundred_in_a_row() -> None:
    assert pack(np.ones(1000, np.int64), 4096, "multipack").rows == 5


def test_rows_go_where_the_least_room_is_left() -> None:
    assert pack(np.array([6, 5, 4, 3, 2]), 10, "bfd").rows == 2
    assert pack(np.array([15, 5]), 10, "bfd") == pack(np.array([5, 15]), 10, "bfd")
    assert (pack(np.array([15, 5]), 10, "bfd").rows, pack(np.array([15, 5]), 10, "bfd").lost) == (2, 5)

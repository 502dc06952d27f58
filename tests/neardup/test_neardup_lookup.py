"""Looking hashes up in one set counts what comparing sets does."""

from __future__ import annotations

import random

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from neardup_brute import CHAR, as_dict, brute, mutate, prepare, sentence

from datalint.neardup import Limits, Query, find_pairs
from datalint.neardup.compiled import dispatch as compiled
from datalint.neardup.compiled.written import Kernels
from datalint.neardup.text.hashing import Rows
from datalint.neardup.verify.compare import Comparer
from datalint.neardup.verify.one_to_many import Lookup

HASHES = st.integers(0, 2**64 - 1)


@pytest.fixture(name="code", params=["numpy", "numba"], scope="module")
def _code(request: pytest.FixtureRequest) -> Kernels | None:
    """Do it by numpy, and by compiled code."""
    code: Kernels | None = None
    if request.param == "numba":
        pytest.importorskip("numba", reason="the extra fast is not installed")
        code = compiled.load()
        assert code is not None
    return code


@given(st.sets(HASHES, min_size=1, max_size=40), st.lists(st.lists(HASHES, max_size=20), max_size=8), st.randoms())
def test_counts_are_those_of_sets(
    code: Kernels | None, center: set[int], runs: list[list[int]], chance: random.Random
) -> None:
    mixed = [run + chance.choices(sorted(center), k=len(run)) for run in runs]
    flat = np.array([item for run in mixed for item in run], np.uint64)
    counts = np.array([len(run) for run in mixed], int)
    shared, others = Lookup(np.array(sorted(center), np.uint64), code).count(flat, counts)
    assert shared.tolist() == [len(center & set(run)) for run in mixed]
    assert others.tolist() == [len(set(run) - center) for run in mixed]


def test_the_largest_set_and_many_blocks(code: Kernels | None) -> None:
    chance = np.random.default_rng(0)
    center = np.unique(chance.integers(0, 2**64, Limits().star_shingles, dtype=np.uint64))
    runs = [np.concatenate([center[: 40 * i], chance.integers(0, 2**64, i, dtype=np.uint64)]) for i in range(100)]
    shared, others = Lookup(center, code).count(np.concatenate(runs), np.array([len(run) for run in runs]))
    assert shared.tolist() == [40 * i for i in range(100)]
    assert others.tolist() == list(range(100))


@pytest.mark.parametrize("most", [Limits().star_shingles, 10])
def test_rows_with_many_pairs_are_compared_exactly(code: Kernels | None, most: int) -> None:
    limits = Limits(star_pairs=3, fetched_shingles=2000, star_shingles=most)
    query = Query(threshold=0.7, shingling=CHAR, limits=limits, kernels=code)
    chance = random.Random(5)
    texts = [sentence(chance, 20), sentence(chance, 40)]
    rows = [(*(mutate(chance, text, chance.randint(0, 3)) for text in texts), "mark", "") for _ in range(60)]
    assert as_dict(find_pairs(*prepare(rows), query)) == pytest.approx(brute(rows, 0.7))


@pytest.mark.parametrize("most", [Limits().star_shingles, 10])
@pytest.mark.parametrize("centers", [2, 59])
def test_rows_of_many_pairs_are_read_a_few_times(code: Kernels | None, most: int, centers: int) -> None:
    limits = Limits(star_pairs=3, fetched_shingles=2000, star_shingles=most)
    chance = random.Random(5)
    text = sentence(chance, 40)
    rows = [(mutate(chance, text, chance.randint(0, 3)), "mark") for _ in range(60)]
    sketches, fetch = prepare(rows)
    read: list[int] = []

    def counted(wanted: Rows) -> list[pl.Series]:
        read.extend(wanted.tolist())
        return fetch(wanted)

    first, second = np.triu_indices(60, 1)
    first, second = first[first < centers], second[first < centers]
    similarities = Comparer(sketches.sizes, counted, CHAR, 0.7, limits=limits, kernels=code)(first, second)
    alike = similarities >= 0.7
    found = zip(first[alike].tolist(), second[alike].tolist(), similarities[alike].tolist(), strict=True)
    expected = {pair: value for pair, value in brute(rows, 0.7).items() if pair[0] < centers}
    assert {(i, j): value for i, j, value in found} == pytest.approx(expected)
    assert len(read) <= 4 * len(rows)

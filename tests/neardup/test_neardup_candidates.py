"""Candidates are those of every band, less what the prints rule out; bounds change what comes, never what is true."""

from __future__ import annotations

import random

import numpy as np
import polars as pl
import pytest
from neardup_brute import CHAR, as_dict, brute, mutate, planted, prepare, sentence

from datalint.neardup import Limits, Query, Sketches, find_clusters, find_pairs, sketch_texts
from datalint.neardup.search.candidates import Candidates
from datalint.neardup.search.prefilter import rows_near
from datalint.neardup.sketch.bit_prints import OVERSIGHT, close, most_differing, prints, surely_alike


def sketches(texts: list[str]) -> Sketches:
    return sketch_texts([pl.Series(texts, dtype=pl.String)], CHAR)


def every(first: np.ndarray, second: np.ndarray, differing: np.ndarray) -> np.ndarray:
    return np.ones(len(first), bool)


def simulated(similarity: float, pairs: int) -> np.ndarray:
    """Return (2 · pairs, 128) bins of which this share agrees: rows 2i and 2i + 1 are a pair."""
    chance = np.random.default_rng(0)
    bins = chance.integers(0, 1 << 16, (2 * pairs, 128), dtype=np.uint16)
    equal = chance.random((pairs, 128)) < similarity
    bins[1::2] = np.where(equal, bins[::2], bins[1::2])
    return bins


@pytest.mark.parametrize("threshold", [0.3, 0.5, 0.7, 0.9])
def test_no_pair_at_the_threshold_is_dropped_for_its_prints(threshold: float) -> None:
    words = prints(simulated(threshold, 20_000), np.arange(40_000))
    first = np.arange(0, 40_000, 2)
    assert 20_000 * OVERSIGHT < 0.1
    assert len(close(words, first, first + 1, threshold)) == 20_000


def test_most_unlike_pairs_are_dropped_for_their_prints() -> None:
    words = prints(simulated(0.1, 20_000), np.arange(40_000))
    first = np.arange(0, 40_000, 2)
    assert len(close(words, first, first + 1, 0.7)) < 200
    assert not surely_alike(words, first, first + 1, 0.7).any()
    assert surely_alike(words, first, first, 0.7).all()


def test_fewer_bits_may_differ_as_the_threshold_rises() -> None:
    limits = [most_differing(threshold / 20) for threshold in range(4, 21)]
    assert limits == sorted(limits, reverse=True)
    assert limits[-1] == (0, 0)


def test_prints_of_equal_signatures_are_equal_whatever_the_rows() -> None:
    texts = ["a", "ab" * 200, sentence(random.Random(1), 2000), ""]
    made = sketches(texts + texts)
    words = prints(made.signatures, np.arange(8))
    assert words.shape == (2, 8)
    assert (words[:, :4] == words[:, 4:]).all()
    assert prints(made.signatures, np.array([2])).tolist() == words[:, 2:3].tolist()


@pytest.mark.parametrize("limit", [None, 5])
@pytest.mark.parametrize("threshold", [0.5, 0.6, 0.7])
def test_blocks_hold_each_pair_once_however_small(limit: int | None, threshold: float) -> None:
    chance = random.Random(2)
    base = sentence(chance, 60)
    made = sketches([mutate(chance, base, 9) for _ in range(60)])
    rows = np.arange(60)

    def blocks(limits: Limits) -> list[list[tuple[int, int]]]:
        candidates = Candidates(made.signatures, rows, threshold, None, limit, False, limits)
        return [list(zip(a.tolist(), b.tolist(), strict=True)) for a, b in candidates.blocks(every)]

    whole = [pair for block in blocks(Limits()) for pair in block]
    parts = blocks(Limits(candidate_pairs=40, print_pairs=30))
    pairs = [pair for block in parts for pair in block]
    assert len(parts) > 3
    assert set(pairs) == set(whole)
    assert all(first < second for first, second in pairs)
    if limit is None:
        assert len(pairs) == len(whole)


def test_a_sparing_search_in_small_blocks_finds_the_same_clusters() -> None:
    rows = planted(21, 90, (10, 40))
    made, fetch = prepare(rows)
    _, expected = find_clusters(made, fetch, Query(threshold=0.7, shingling=CHAR))
    limits = Limits(candidate_pairs=20, sparing_pairs=10)
    _, clusters = find_clusters(made, fetch, Query(threshold=0.7, shingling=CHAR, limits=limits))
    assert clusters.anchors.tolist() == expected.anchors.tolist()


def test_a_template_family_is_tried_and_left() -> None:
    limits = Limits(
        sparing_pairs=4000, template_sample=32, template_trial=64, fruitless_share=0, fruitless_shingles=1000
    )
    chance = random.Random(22)
    base = sentence(chance, 60)
    rows = [(mutate(chance, base, 8),) for _ in range(1500)]
    made, fetch = prepare(rows)
    read: list[int] = []

    def reading(wanted: np.ndarray) -> list[pl.Series]:
        read.extend(wanted.tolist())
        return fetch(wanted)

    pairs, _ = find_clusters(made, reading, Query(threshold=0.7, shingling=CHAR, limits=limits))
    assert pairs.limited.rows > 1000
    assert len(set(read)) < 400
    assert (pairs.similarity >= 0.7).all()


def test_one_trial_of_a_template_family_does_not_exceed_the_budget() -> None:
    limits = Limits(
        sparing_pairs=4000, template_sample=32, template_trial=4000, fruitless_share=0, fruitless_shingles=1000
    )
    chance = random.Random(22)
    base = sentence(chance, 60)
    made, fetch = prepare([(mutate(chance, base, 8),) for _ in range(1500)])
    read: list[int] = []

    def reading(wanted: np.ndarray) -> list[pl.Series]:
        read.extend(wanted.tolist())
        return fetch(wanted)

    find_clusters(made, reading, Query(threshold=0.7, shingling=CHAR, limits=limits))
    assert len(set(read)) < 400


@pytest.mark.parametrize(("words", "edits", "count"), [(20, 3, 250), (60, 6, 250), (60, 7, 500)])
@pytest.mark.parametrize("block", [1 << 22, 500])
def test_a_sparing_search_pairs_each_row_of_a_template_that_has_a_partner(
    words: int, edits: int, count: int, block: int
) -> None:
    limits = Limits(candidate_pairs=block)
    chance = random.Random(words)
    base = sentence(chance, words)
    rows = [(mutate(chance, base, edits),) for _ in range(count)]
    sparing, all_pairs = (
        find_pairs(*prepare(rows), Query(threshold=0.7, shingling=CHAR, bucket_limit=None, spare=spare, limits=limits))
        for spare in (True, False)
    )
    having = {*all_pairs.first.tolist(), *all_pairs.second.tolist()}
    assert 20 < len(having) < count - 20
    assert {*sparing.first.tolist(), *sparing.second.tolist()} == having
    assert len(sparing) < len(all_pairs)


@pytest.mark.parametrize("crowd", [0, 64])
def test_rows_near_others_are_all_that_have_a_pair(crowd: int) -> None:
    rows = [*planted(23, 120, (10, 40)), ("", "")]
    few = [(mutate(random.Random(i), rows[i][0], 1), rows[i][1]) for i in range(0, 60, 3)] + [("", "")]
    (old, _), (new, _), (both, fetch) = prepare(rows), prepare(few), prepare(rows + few)
    near = rows_near(old, new, 0.7, Limits(prefilter_crowd=crowd, prefilter_pairs=50)).tolist()
    groups = np.repeat(np.array([0, 1], np.uint8), [len(rows), len(few)])
    found = find_pairs(both, fetch, Query(threshold=0.7, shingling=CHAR, groups=groups))
    paired = {i for i, j in brute(rows + few, 0.7) if i < len(rows) <= j}
    assert paired <= set(near)
    assert set(found.first.tolist()) <= set(near)
    assert len(rows) - 1 not in near
    if crowd:
        assert len(near) < len(rows) / 2
    assert set(as_dict(found)) <= {(i, j) for i in near for j in range(len(rows), len(rows) + len(few))}

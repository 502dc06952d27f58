"""The exact search finds the pairs of brute force: all of them, and no other."""

from __future__ import annotations

import pickle
import random
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from neardup_brute import CHAR, Found, as_dict, brute, classes, mutate, planted, prepare, sentence

from datalint.core.errors import DatalintError
from datalint.neardup import (
    Limits,
    Parts,
    Query,
    Shingling,
    Sketches,
    assurance,
    cluster,
    find_clusters,
    find_exact,
    join,
    miss_bound,
    near_clusters,
    near_pairs,
    normalize,
)
from datalint.neardup.search.bands import miss_probability

Rows = list[tuple[str, ...]]
TEMPLATE = sentence(random.Random(9), 40)


def parts(rows: Rows) -> Parts:
    return Parts([pl.Series(list(part), dtype=pl.String) for part in zip(*rows, strict=True)], CHAR)


def search(rows: Rows, threshold: float = 0.7, **options: Any) -> Found:
    texts = parts(rows)
    pairs = find_exact(texts.sizes, texts.fetch, Query(threshold=threshold, shingling=CHAR, **options))
    assert pairs is not None
    assert pairs.complete
    assert sorted(as_dict(pairs)) == list(as_dict(pairs))
    return as_dict(pairs)


@cache
def all_pairs(words: tuple[int, int]) -> tuple[Rows, Found]:
    """Return rows of so many words, and their pairs from the lowest threshold of the tests on."""
    rows = planted(words[0], 40, words)
    rows += [("", row[1]) for row in rows[:5]] + [(row[0], "") for row in rows[5:9]] + [("", ""), ("", "")]
    return rows, brute(rows, 0.3)


@pytest.mark.parametrize("limits", [Limits(), Limits(bitmap_pairs=1)], ids=["few", "bitmaps"])
@pytest.mark.parametrize("words", [(1, 2), (3, 8), (20, 60), (100, 150)])
@pytest.mark.parametrize("threshold", [0.3, 0.5, 0.7, 0.9, 1.0])
def test_against_brute_force(words: tuple[int, int], threshold: float, limits: Limits) -> None:
    rows, pairs = all_pairs(words)
    expected = {pair: similarity for pair, similarity in pairs.items() if similarity >= threshold}
    assert search(rows, threshold, limits=limits) == expected


@pytest.mark.parametrize("limits", [Limits(), Limits(bitmap_pairs=1)], ids=["few", "bitmaps"])
@given(
    st.lists(st.tuples(st.text("ab é你", max_size=12), st.text("ab", max_size=30)), min_size=1, max_size=12),
    st.sampled_from([0.01, 0.4, 0.5, 2 / 3, 0.7, 0.75, 0.8, 1.0]),
)
def test_any_rows_against_brute_force(limits: Limits, rows: Rows, threshold: float) -> None:
    assert search(rows, threshold, limits=limits) == brute(rows, threshold)


@given(st.integers(0, 1 << 30), st.sampled_from([0.5, 0.6, 0.7, 0.8]), st.integers(1, 12))
def test_copies_at_the_edge_of_the_threshold(seed: int, threshold: float, edits: int) -> None:
    chance = random.Random(seed)
    base = sentence(chance, 25)
    rows: Rows = [(mutate(chance, base, chance.randint(0, edits)),) for _ in range(12)]
    assert search(rows, threshold) == brute(rows, threshold)


@pytest.mark.parametrize("limits", [Limits(), Limits(bitmap_pairs=1)], ids=["few", "bitmaps"])
def test_one_template_in_all_rows(limits: Limits) -> None:
    chance = random.Random(3)
    rows: Rows = [(f"{TEMPLATE} {sentence(chance, 14)}", sentence(chance, chance.randint(2, 5))) for _ in range(60)]
    rows += [(prompt, mutate(chance, response, 0)) for prompt, response in rows[:5]]
    assert search(rows, 0.6, limits=limits) == brute(rows, 0.6)
    assert search([row[:1] for row in rows], 0.6, limits=limits) == brute([row[:1] for row in rows], 0.6)


def test_identical_rows_and_groups() -> None:
    distinct = [*planted(2, 20, (10, 30)), ("", "")]
    rows = [distinct[i] for i in random.Random(6).choices(range(len(distinct)), k=120)]
    texts = parts(rows)
    folded = find_exact(texts.sizes, texts.fetch, Query(threshold=0.7, shingling=CHAR, identical=classes(rows)))
    assert folded is not None
    assert len(folded) < len(brute(rows, 0.7))
    assert as_dict(folded.expand()) == brute(rows, 0.7)
    groups = np.array([random.Random(i).randint(0, 1) for i in range(len(rows))], np.uint8)
    expected = {(i, j): s for (i, j), s in brute(rows, 0.7).items() if groups[i] != groups[j]}
    assert search(rows, groups=groups) == expected
    folded = find_exact(
        texts.sizes, texts.fetch, Query(threshold=0.7, shingling=CHAR, identical=classes(rows), groups=groups)
    )
    assert folded is not None
    assert as_dict(folded.expand()) == expected


def test_words_as_shingles() -> None:
    shingling = Shingling.parse("word-2")
    texts = Parts([pl.Series(["a b c d e f", "a b c d e f g", "x y z", "?!", "?!", ""])], shingling)
    assert texts.sizes[:, 0].tolist() == [5, 6, 2, 1, 1, 0]
    pairs = find_exact(texts.sizes, texts.fetch, Query(threshold=0.7, shingling=shingling))
    assert pairs is not None
    assert as_dict(pairs) == {(0, 1): 5 / 6, (3, 4): 1.0}


def test_hostile_rows() -> None:
    rows: Rows = [("a" * 50_000,), ("a" * 49_000,), ("ab" * 20_000,), ("\x00" * 9,), ("\x00" * 5,), ("😀" * 4,)]
    assert search([*rows, rows[-1], ("",)]) == {(0, 1): 1.0, (3, 4): 1.0, (5, 6): 1.0}


@pytest.mark.parametrize("rows", [[], [("",)], [("alone",)], [("",), ("",)]])
def test_nothing_to_find(rows: Rows) -> None:
    texts = Parts([pl.Series([row[0] for row in rows], dtype=pl.String)], CHAR)
    pairs = find_exact(
        texts.sizes, texts.fetch, Query(threshold=0.7, shingling=CHAR, identical=np.zeros(len(rows), np.uint64))
    )
    assert pairs is not None
    assert len(pairs) == len(pairs.expand()) == 0


@pytest.mark.parametrize("threshold", [0.0, -1.0, 1.01, float("nan")])
def test_a_threshold_out_of_range_is_an_error(threshold: float) -> None:
    with pytest.raises(DatalintError, match="threshold"):
        search([("a",)], threshold)


LIMITS = ["exact_shingles", "exact_indexed", "exact_listed", "exact_candidates"]


@pytest.mark.parametrize("limit", LIMITS)
def test_what_costs_too_much_is_left_to_sketches(limit: str) -> None:
    bounded = Query(threshold=0.7, shingling=CHAR, limits=replace(Limits(), **{limit: 20}))
    rows: Rows = [(mutate(random.Random(n), TEMPLATE, 2), "yes") for n in range(30)]
    texts = parts(rows)
    assert find_exact(texts.sizes, texts.fetch, bounded) is None
    pairs, clusters = near_clusters(texts, texts.fetch, bounded)
    assert not pairs.complete
    complete, expected = near_clusters(texts, texts.fetch, Query(threshold=0.7, shingling=CHAR))
    assert complete.complete
    assert clusters.anchors.tolist() == expected.anchors.tolist()


def test_a_part_too_common_is_probed_first() -> None:
    chance = random.Random(5)
    rows: Rows = [(TEMPLATE[:50], sentence(chance, 12)) for _ in range(60)]
    rows += [(prompt, response + " x") for prompt, response in rows[:3]]
    assert search(rows, limits=Limits(exact_probed=0, exact_listed=400)) == brute(rows, 0.7)


def test_clusters_are_those_of_sketches_and_texts_need_no_sketch() -> None:
    rows = planted(8, 60, (10, 30))
    sketches, fetch = prepare(rows)
    _, expected = find_clusters(sketches, fetch, Query(threshold=0.7, shingling=CHAR))
    for texts in (sketches, parts(rows)):
        pairs, found = near_clusters(texts, fetch, Query(threshold=0.7, shingling=CHAR))
        assert pairs.complete
        assert found.anchors.tolist() == expected.anchors.tolist()
        assert found.similarity.tolist() == expected.similarity.tolist()
    texts = parts(rows)
    assert as_dict(near_pairs(texts, texts.fetch, Query(threshold=0.7, shingling=CHAR, spare=True))) == brute(rows, 0.7)
    assert cluster(near_pairs(texts, texts.fetch, Query(threshold=0.5, shingling=CHAR)), threshold=0.7).redundant == (
        expected.redundant
    )
    assert texts._sketches is None


def test_texts_are_joined_and_pickle_as_sketches() -> None:
    rows = planted(8, 30, (1, 9))
    sketches, _ = prepare(rows)
    whole = join([parts(rows[:7]), parts(rows[7:])])
    assert isinstance(whole, Parts)
    assert len(whole) == len(rows)
    assert np.array_equal(whole.sizes, sketches.sizes)
    for other in (pickle.loads(pickle.dumps(whole)), join([parts(rows[:7]), prepare(rows[7:])[0]])):
        assert isinstance(other, Sketches)
        assert np.array_equal(other.signatures, sketches.signatures)
        assert np.array_equal(other.sizes, sketches.sizes)


def test_the_assurance_in_words() -> None:
    assert assurance(0.7, complete=True) == "exact, no pair at similarity 0.7 or over is missed"
    words = assurance(0.7, complete=False)
    assert words.startswith("by sketches, misses at most 1 pair in ")
    assert words.endswith(" at similarity 0.75")
    assert assurance(1.0, complete=False).count(" in ") == 1
    bounds = [miss_bound(similarity, 0.7) for similarity in (0.1, 0.7, 0.75, 0.8, 0.9)]
    assert bounds == sorted(bounds, reverse=True)
    assert 1e-4 < bounds[2] + miss_probability(0.7, 0.7) < 1e-3
    assert bounds[0] == pytest.approx(1)


def test_normalised_texts_of_any_script() -> None:
    texts = normalize(
        pl.Series(
            ["Où est la gare ? À côté.", "OÙ EST LA GARE ?  À CÔTÉ!", "東京は大きい町です", "東京は大きい町です。"]
        )
    )
    rows: Rows = [(text,) for text in texts]
    assert search(rows, 0.6) == brute(rows, 0.6)
    assert len(brute(rows, 0.6)) == 2

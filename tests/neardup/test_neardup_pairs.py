"""Pairs are those of brute force: all with some room over the threshold, none under it."""

from __future__ import annotations

import random

import numpy as np
import polars as pl
import pytest
from every import every
from neardup_brute import CHAR, as_dict, brute, classes, mutate, planted, prepare, sentence

from datalint.core.errors import DatalintError
from datalint.neardup import Limited, Limits, Query, Shingling, find_pairs, sketch_texts
from datalint.neardup.search.bands import miss_probability
from datalint.neardup.verify.compare import Comparer
from datalint.neardup.verify.verify import Verifier

TEMPLATE = sentence(random.Random(9), 70)


@every("words", [(1, 2), (3, 8), (20, 60), (100, 150)])
@every("threshold", [0.5, 0.7, 0.9])
def test_against_brute_force(words: tuple[int, int], threshold: float) -> None:
    rows = planted(words[0], 40, words)
    rows += [("", row[1]) for row in rows[:5]] + [("", ""), ("", "")]
    sketches, fetch = prepare(rows)
    expected = brute(rows, threshold)
    found = as_dict(find_pairs(sketches, fetch, Query(threshold=threshold, shingling=CHAR)))
    assert found == {pair: similarity for pair, similarity in expected.items() if pair in found}
    assert not [pair for pair, similarity in expected.items() if similarity >= threshold + 0.05 and pair not in found]


def test_the_least_similar_part_counts() -> None:
    prompt = sentence(random.Random(1), 30)
    rows = [(prompt, "yes"), (prompt, "no"), (prompt, "yes"), (prompt, ""), ("", "yes"), (prompt, "")]
    found = as_dict(find_pairs(*prepare(rows), Query(threshold=0.7, shingling=CHAR)))
    assert found == {(0, 2): 1.0, (3, 5): 1.0}


def test_words_as_shingles() -> None:
    shingling = Shingling.parse("word-3")
    chance = random.Random(4)
    base = sentence(chance, 40)
    texts = pl.Series([base, mutate(chance, base, 1), sentence(chance, 40), "你好世界", "你好世界"])
    pairs = find_pairs(
        sketch_texts([texts], shingling), lambda rows: [texts.gather(rows)], Query(threshold=0.7, shingling=shingling)
    )
    assert as_dict(pairs) == {(0, 1): (38 - 3) / (38 + 3), (3, 4): 1.0}


def test_order_of_rows_does_not_matter() -> None:
    rows = planted(7, 80, (5, 40))
    order = list(range(len(rows)))
    random.Random(5).shuffle(order)
    straight = as_dict(find_pairs(*prepare(rows), Query(threshold=0.7, shingling=CHAR)))
    moved = as_dict(find_pairs(*prepare([rows[i] for i in order]), Query(threshold=0.7, shingling=CHAR)))
    assert straight == {
        (min(order[i], order[j]), max(order[i], order[j])): similarity for (i, j), similarity in moved.items()
    }


def test_identical_rows_are_searched_once() -> None:
    distinct = [*planted(2, 20, (10, 30)), ("", "")]
    rows = [distinct[i] for i in random.Random(6).choices(range(len(distinct)), k=150)]
    sketches, fetch = prepare(rows)
    everything = find_pairs(sketches, fetch, Query(threshold=0.7, shingling=CHAR))
    folded = find_pairs(sketches, fetch, Query(threshold=0.7, shingling=CHAR, identical=classes(rows)))
    assert len(folded) < len(everything)
    assert {rows[i] for i in (*folded.first, *folded.second)} <= set(distinct)
    assert as_dict(folded.expand()) == as_dict(everything) == brute(rows, 0.7)
    assert as_dict(everything.expand()) == as_dict(everything)


def test_groups() -> None:
    rows = planted(8, 60, (10, 30))
    rows += rows[:10]
    groups = np.array([random.Random(i).randint(0, 1) for i in range(len(rows))], np.uint8)
    expected = {(i, j): s for (i, j), s in brute(rows, 0.7).items() if groups[i] != groups[j]}
    sketches, fetch = prepare(rows)
    across = find_pairs(sketches, fetch, Query(threshold=0.7, shingling=CHAR, groups=groups))
    assert as_dict(across) == expected
    folded = find_pairs(sketches, fetch, Query(threshold=0.7, shingling=CHAR, groups=groups, identical=classes(rows)))
    assert as_dict(folded.expand()) == expected
    spared = as_dict(find_pairs(sketches, fetch, Query(threshold=0.7, shingling=CHAR, groups=groups, spare=True)))
    assert spared.items() <= expected.items()

    def later(found: dict[tuple[int, int], float]) -> set[int]:
        return {i if groups[i] else j for i, j in found}

    assert later(spared) == later(expected)


def test_large_buckets_are_bounded_and_said() -> None:
    chance = random.Random(11)
    rows = [(f"{TEMPLATE} {sentence(chance, 45)}",) for _ in range(3000)]
    for i in range(0, 3000, 100):
        rows[i + 50] = (mutate(chance, rows[i][0], 1),)
    found = find_pairs(*prepare(rows), Query(threshold=0.8, shingling=CHAR, bucket_limit=50))
    assert found.limited.buckets > 0
    assert found.limited.rows > 2000
    assert set(as_dict(found)) == {(i, i + 50) for i in range(0, 3000, 100)}


def test_one_large_cluster_is_found_whole_in_spite_of_the_bound() -> None:
    chance = random.Random(12)
    rows = [(mutate(chance, TEMPLATE, 1),) for _ in range(1500)]
    found = find_pairs(*prepare(rows), Query(threshold=0.8, shingling=CHAR, bucket_limit=50, spare=True))
    assert set(found.first.tolist()) | set(found.second.tolist()) == set(range(1500))
    assert found.limited.rows == 0


def test_no_bound_finds_every_pair() -> None:
    chance = random.Random(13)
    rows = [(mutate(chance, TEMPLATE, 6),) for _ in range(150)]
    expected = brute(rows, 0.7)
    found = find_pairs(*prepare(rows), Query(threshold=0.7, shingling=CHAR, bucket_limit=None))
    assert as_dict(found) == {pair: similarity for pair, similarity in expected.items() if pair in as_dict(found)}
    assert len(found) >= 0.999 * len(expected)
    assert found.limited == Limited()


def test_verification_fetches_few_rows_at_a_time_and_only_those_concerned() -> None:
    limits = Limits(fetched_shingles=2000, block_shingles=1000, kept_shingles=3000, print_pairs=20)
    rows = planted(14, 80, (10, 30))
    sketches, fetch = prepare(rows)
    asked: list[int] = []
    longest = 0

    def recording(wanted: np.ndarray) -> list[pl.Series]:
        nonlocal longest
        asked.extend(wanted.tolist())
        longest = max(longest, len(wanted))
        return fetch(wanted)

    found = as_dict(find_pairs(sketches, recording, Query(threshold=0.7, shingling=CHAR, limits=limits)))
    assert found == brute(rows, 0.7)
    concerned = {row for pair in brute(rows, 0.3) for row in pair}
    assert set(asked) <= concerned
    assert longest < 60


@pytest.mark.parametrize("rows", [[], [("",)], [("alone",)], [("",), ("",)]])
def test_nothing_to_find(rows: list[tuple[str, ...]]) -> None:
    sketches = sketch_texts([pl.Series([row[0] for row in rows], dtype=pl.String)], CHAR)
    found = find_pairs(
        sketches, lambda wanted: [], Query(threshold=0.7, shingling=CHAR, identical=np.zeros(len(rows), np.uint64))
    )
    assert len(found) == len(found.expand()) == 0


def test_hostile_rows() -> None:
    rows = [
        ("a" * 50_000,),
        ("a" * 49_000,),
        ("ab" * 20_000,),
        ("\x00" * 9,),
        ("\x00" * 5,),
        ("\x00",),
        ("😀" * 4,),
        ("😀" * 4,),
    ]
    found = as_dict(find_pairs(*prepare(rows), Query(threshold=0.7, shingling=CHAR)))
    assert found == {(0, 1): 1.0, (3, 4): 1.0, (6, 7): 1.0}


@pytest.mark.parametrize("threshold", [0.0, -1.0, 1.01, float("nan")])
def test_a_threshold_out_of_range_is_an_error(threshold: float) -> None:
    with pytest.raises(DatalintError, match="threshold"):
        find_pairs(*prepare([("a",)]), Query(threshold=threshold, shingling=CHAR))


@pytest.mark.parametrize(
    ("similarity", "threshold", "most"), [(0.75, 0.7, 1e-5), (0.7, 0.7, 2e-4), (0.6, 0.55, 1e-3), (0.4, 0.3, 1e-4)]
)
def test_few_pairs_are_missed(similarity: float, threshold: float, most: float) -> None:
    assert miss_probability(similarity, threshold) < most


def test_similarities_of_any_pairs() -> None:
    rows = planted(15, 20, (10, 30))
    sketches, fetch = prepare(rows)
    first, second = np.triu_indices(len(rows), 1)
    similarities = Verifier(sketches, Comparer(sketches.sizes, fetch, CHAR, 0.7), 0.7).similarities(first, second)
    expected = brute(rows, 0.7)
    alike = similarities >= 0.7
    pairs = zip(first[alike].tolist(), second[alike].tolist(), similarities[alike].tolist(), strict=True)
    assert {(i, j): s for i, j, s in pairs} == expected


def test_rows_of_one_family_that_differ_are_not_compared() -> None:
    rows = planted(15, 20, (10, 30))
    sketches, fetch = prepare(rows)
    first, second = np.triu_indices(len(rows), 1)
    families = np.arange(len(rows), dtype=np.uint64) % 3
    compared: list[tuple[int, int]] = []

    class Counting(Comparer):
        def __call__(self, first: np.ndarray, second: np.ndarray) -> np.ndarray:
            compared.extend(zip(first.tolist(), second.tolist(), strict=True))
            return super().__call__(first, second)

    def different(first: np.ndarray, second: np.ndarray) -> np.ndarray:
        return np.asarray((first + second) % 2 == 1)

    compare = Counting(sketches.sizes, fetch, CHAR, 0.7)
    similarities = Verifier(sketches, compare, 0.7, different, families).exact(first, second)
    without = Verifier(sketches, Comparer(sketches.sizes, fetch, CHAR, 0.7), 0.7, different).exact(first, second)
    assert (similarities >= 0.7).tolist() == (without >= 0.7).tolist()
    assert len(compared) < len(first)
    assert not [(i, j) for i, j in compared if families[i] == families[j] and (i + j) % 2]

"""Every member of a cluster is verified against its anchor; chains don't join rows that are not alike."""

from __future__ import annotations

import random

import numpy as np
import pytest
from neardup_brute import CHAR, as_dict, brute, classes, jaccard, mutate, planted, prepare, sentence

from datalint.neardup import Clusters, Limits, Pairs, Query, cluster, find_clusters, find_pairs


def pairs_of(found: dict[tuple[int, int], float], rows: int) -> Pairs:
    keys = sorted(found)
    return Pairs(
        np.array([i for i, _ in keys], np.int64),
        np.array([j for _, j in keys], np.int64),
        np.array([found[key] for key in keys]),
        np.arange(rows),
    )


def greedy(found: dict[tuple[int, int], float], rows: int) -> list[int]:
    anchors = list(range(rows))
    taken = [False] * rows
    for i in range(rows):
        for j in range(i + 1, rows):
            if anchors[i] == i and not taken[j] and not taken[i] and (i, j) in found:
                anchors[j], taken[j] = i, True
    return anchors


def test_a_chain_does_not_join_its_ends() -> None:
    chance = random.Random(1)
    words = sentence(chance, 60).split(" ")
    texts = []
    for step in range(4):
        changed = [f"changed{step}{i}" if i < 7 * step else word for i, word in enumerate(words)]
        texts.append((" ".join(changed),))
    assert jaccard(texts[0][0], texts[1][0]) > 0.7 > jaccard(texts[0][0], texts[2][0])
    _, clusters = find_clusters(*prepare(texts), Query(threshold=0.7, shingling=CHAR))
    assert clusters.anchors.tolist() == greedy(brute(texts, 0.7), 4)
    assert clusters.anchors[0] == clusters.anchors[1] == 0
    assert clusters.anchors[2] == 2


@pytest.mark.parametrize("seed", range(5))
def test_greedy_in_row_order(seed: int) -> None:
    chance = np.random.default_rng(seed)
    found = {}
    for i, j in chance.integers(0, 60, (80, 2)).tolist():
        if i != j:
            found[min(i, j), max(i, j)] = float(chance.uniform(0.6, 1))
    kept = {pair: s for pair, s in found.items() if s >= 0.7}
    clusters = cluster(pairs_of(found, 60), threshold=0.7)
    assert clusters.anchors.tolist() == greedy(kept, 60)
    assert [kept.get((a, i), 1.0) for i, a in enumerate(clusters.anchors.tolist())] == clusters.similarity.tolist()


def test_members_whose_pair_with_the_anchor_is_not_known_are_asked_about() -> None:
    asked = []

    def verify(first: np.ndarray, second: np.ndarray) -> np.ndarray:
        asked.extend(zip(first.tolist(), second.tolist(), strict=True))
        return np.where(second == 3, 0.75, 0.1)

    pairs = pairs_of({(1, 2): 0.8, (2, 3): 0.8, (3, 5): 0.9}, 7)
    clusters = cluster(pairs, threshold=0.7, verify=verify)
    assert clusters.anchors.tolist() == [0, 1, 1, 1, 4, 5, 6]
    assert clusters.similarity.tolist() == [1, 1, 0.8, 0.75, 1, 1, 1]
    assert asked == [(1, 3), (1, 5)]


@pytest.mark.parametrize("words", [(3, 8), (20, 60)])
def test_find_clusters_is_greedy_over_all_pairs(words: tuple[int, int]) -> None:
    rows = planted(words[1], 70, words)
    expected = greedy(brute(rows, 0.7), len(rows))
    sketches, fetch = prepare(rows)
    _, clusters = find_clusters(sketches, fetch, Query(threshold=0.7, shingling=CHAR))
    assert clusters.anchors.tolist() == expected
    again = cluster(find_pairs(sketches, fetch, Query(threshold=0.7, shingling=CHAR)), threshold=0.7)
    assert again.anchors.tolist() == expected
    assert again.similarity.tolist() == clusters.similarity.tolist()


def test_a_large_cluster_takes_few_pairs() -> None:
    chance = random.Random(3)
    base = sentence(chance, 60)
    rows = [(mutate(chance, base, 1),) for _ in range(400)]
    pairs, clusters = find_clusters(*prepare(rows), Query(threshold=0.7, shingling=CHAR))
    assert clusters.redundant == 399
    assert clusters.largest == 400
    assert all(similarity == jaccard(rows[0][0], rows[i][0]) for i, similarity in enumerate(clusters.similarity))
    assert (clusters.similarity >= 0.7).all()
    everything = find_pairs(*prepare(rows), Query(threshold=0.7, shingling=CHAR))
    assert as_dict(pairs).items() <= as_dict(everything).items()


def test_identical_rows_join_their_first() -> None:
    chance = random.Random(4)
    base = sentence(chance, 40)
    near = mutate(chance, base, 1)
    rows = [("alone row of text",), (base,), ("",), (near,), (base,), (near,), ("twice",), ("",), ("twice",)]
    _, clusters = find_clusters(*prepare(rows), Query(threshold=0.7, shingling=CHAR, identical=classes(rows)))
    assert clusters.anchors.tolist() == [0, 1, 2, 1, 1, 1, 6, 7, 6]
    groups = clusters.groups()
    assert [group.rows for group in groups] == [[1, 3, 4, 5], [6, 8]]
    assert groups[0].similarities == [1.0, jaccard(base, near), 1.0, jaccard(base, near)]
    assert (clusters.redundant, clusters.largest) == (4, 4)


def test_many_anchors_in_one_component() -> None:
    limits = Limits(anchor_pairs=0, anchor_pairs_by_row=0)
    found = {(i, i + 1): 0.8 for i in range(199)}
    clusters = cluster(
        pairs_of(found, 200), threshold=0.7, verify=lambda first, second: np.zeros(len(first)), limits=limits
    )
    assert clusters.anchors.tolist() == greedy(found, 200)


@pytest.mark.parametrize("rows", [0, 1, 3])
def test_no_pairs(rows: int) -> None:
    clusters = cluster(pairs_of({}, rows), threshold=0.7)
    assert clusters.anchors.tolist() == list(range(rows))
    assert (clusters.redundant, clusters.largest, clusters.groups()) == (0, 0, [])
    assert isinstance(clusters, Clusters)

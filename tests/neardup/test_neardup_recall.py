"""Planted copies: changed as they say, compared exactly, found by the search that everybody uses."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from neardup_brute import CHAR, planted, prepare, sentence

from datalint.neardup import Clusters, Fetch, Limits, Pairs, Parts, Query, Shingling, Sketches, find_clusters
from datalint.neardup.evaluate.mutations import (
    MUTATIONS,
    change_digit,
    pieces,
    reorder,
    replace_words,
    respace,
    truncate,
)
from datalint.neardup.evaluate.recall import check_recall

ROWS = [(sentence(random.Random(n), 30), f"{sentence(random.Random(900 + n), 12)} {n}") for n in range(120)]


def parts(rows: list[tuple[str, ...]]) -> Parts:
    return Parts([pl.Series(list(part), dtype=pl.String) for part in zip(*rows, strict=True)], CHAR)


def test_all_that_is_alike_is_found_and_the_rest_is_told() -> None:
    texts = parts(ROWS)
    results, complete = check_recall(texts, texts.fetch, Query(threshold=0.7, shingling=CHAR), planted=60)
    assert complete
    by_name = {result.mutation: result for result in results}
    assert list(by_name) == list(MUTATIONS)
    # The longer text is the prompt, which holds no digit.
    assert by_name["digit change"].planted == 0
    assert by_name["digit change"].share is None
    for name in ("word swap", "truncation", "reordering", "white space"):
        assert by_name[name].planted == 60
        assert by_name[name].found == by_name[name].clustered == by_name[name].alike >= 55
        assert by_name[name].share == 1
    strict, _ = check_recall(texts, texts.fetch, Query(threshold=0.99, shingling=CHAR), planted=60)
    [swapped] = [result for result in strict if result.mutation == "word swap"]
    assert (swapped.planted, swapped.alike, swapped.found) == (60, 0, 0)
    assert swapped.under is not None
    assert 0.6 < swapped.under < 0.99


def test_sketches_are_measured_too() -> None:
    sketches, fetch = prepare(ROWS)
    identical = np.arange(len(ROWS), dtype=np.uint64)
    query = Query(threshold=0.7, shingling=CHAR, identical=identical, limits=Limits(exact_shingles=0))
    results, complete = check_recall(sketches, fetch, query, planted=50)
    assert not complete
    assert [result.share for result in results] == [1, None, 1, 1, 1]


def test_the_seed_decides() -> None:
    texts = parts(ROWS)
    runs = [
        check_recall(texts, texts.fetch, Query(threshold=0.95, shingling=CHAR), seed=seed, planted=30)
        for seed in (1, 1, 2)
    ]
    assert runs[0] == runs[1]
    assert runs[0] != runs[2]


def test_what_the_search_misses_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    def strict(rows: Sketches, fetch: Fetch, query: Query) -> tuple[Pairs, Clusters]:
        return find_clusters(rows, fetch, replace(query, threshold=0.97))

    monkeypatch.setattr("datalint.neardup.search.entry.find_clusters", strict)
    texts = parts(ROWS)
    query = Query(threshold=0.7, shingling=CHAR, limits=Limits(exact_shingles=0))
    results, _ = check_recall(texts, texts.fetch, query, planted=50)
    assert any(result.share is not None and result.share < 0.9 for result in results)


@pytest.mark.parametrize("rows", [[], [("",)], [("a",)], [("", "yes"), ("", "")], [("你好世界", ""), ("?!", "")]])
def test_few_and_tiny_rows(rows: list[tuple[str, ...]]) -> None:
    width = len(rows[0]) if rows else 1
    texts = Parts([pl.Series([row[i] for row in rows], dtype=pl.String) for i in range(width)], CHAR)
    results, _ = check_recall(texts, texts.fetch, Query(threshold=0.7, shingling=CHAR))
    assert [result.mutation for result in results] == list(MUTATIONS)
    assert all(result.found == result.alike <= result.planted <= len(rows) for result in results)


def test_words_as_shingles() -> None:
    shingling = Shingling.parse("word-2")
    texts = Parts([pl.Series([row[0] for row in planted(3, 20, (20, 40))])], shingling)
    results, _ = check_recall(texts, texts.fetch, Query(threshold=0.6, shingling=shingling), planted=15)
    assert {result.share for result in results} <= {1, None}


@given(st.text(max_size=60), st.integers(0, 1000))
def test_mutations_take_any_text(text: str, seed: int) -> None:
    for mutation in MUTATIONS.values():
        changed = mutation(text, ["word"], random.Random(seed))
        assert isinstance(changed, str)
        assert len(changed) <= 3 * len(text) + 12


def test_mutations_do_what_they_say() -> None:
    chance = random.Random(1)
    text = "In 1987 the mill burnt down. Nobody was hurt. It was built again in two years. It stands there still."
    swapped = pieces(replace_words(text, ["river"], chance))
    assert len(swapped) == len(pieces(text))
    assert sum(a != b for a, b in zip(swapped, pieces(text), strict=True)) == 1
    digits = change_digit(text, [], chance)
    assert sum(a != b for a, b in zip(digits, text, strict=True)) == 1
    assert text.startswith(truncate(text, [], chance))
    assert sorted(reorder(text, [], chance).split()) == sorted(text.split())
    assert reorder(text, [], chance) != text
    assert respace(text, [], chance).lower().split() == text.lower().split()

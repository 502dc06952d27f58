"""A preamble that all rows share does not change which short texts behind it are near-duplicates."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from datalint.neardup import BUCKET_LIMIT, CommonShingles, Limits, Parts, Query, Shingling, near_pairs
from datalint.neardup.search.own_texts import own_texts

SHINGLING = Shingling()
SYLLABLES = ("ka", "lo", "mi", "ne", "ru", "sa", "ti", "vo", "zu", "be")
PREAMBLE = "read what the customer has written, and answer with the name of the topic that it is about. " * 3 + "text: "
SKETCHED = Limits(exact_shingles=0)


def questions() -> list[str]:
    """Return 400 texts of five words; the last 100 are copies of the first ones with another first word."""
    chosen = random.Random(7)
    words = ["".join(chosen.choices(SYLLABLES, k=3)) for _ in range(300)]
    rows = [chosen.choices(words, k=5) for _ in range(300)]
    return [" ".join(row) for row in [*rows, *(["how", *row[1:]] for row in rows[:100])]]


def pairs_of(texts: Sequence[str], limits: Limits) -> set[tuple[int, int]]:
    column = pl.Series(texts)
    rows = Parts([column], SHINGLING)
    keys = column.hash().to_numpy()
    common = CommonShingles(rows.sizes, rows.fetch, SHINGLING, keys, preambles=True)
    query = Query(0.7, SHINGLING, identical=keys, common=common, bucket_limit=BUCKET_LIMIT // 20)
    found = near_pairs(rows, rows.fetch, replace(query, limits=limits))
    return set(zip(found.first.tolist(), found.second.tolist(), strict=True))


@pytest.mark.parametrize("limits", [Limits(), SKETCHED], ids=["exact", "sketches"])
def test_the_pairs_under_a_preamble_are_those_without_it(limits: Limits) -> None:
    plain = pairs_of(questions(), limits)
    assert len(plain) > 50
    assert pairs_of([PREAMBLE + each for each in questions()], limits) == plain


def test_a_row_without_the_preamble_is_near_one_with_it() -> None:
    rows = Parts([pl.Series([*(PREAMBLE + each for each in questions()[:300]), questions()[300]])], SHINGLING)
    # The preamble is that of the other rows, as of a training set.
    common = CommonShingles(rows.sizes[:300], rows.fetch, SHINGLING, np.arange(300, dtype=np.uint64), preambles=True)
    found = near_pairs(rows, rows.fetch, Query(0.7, SHINGLING, common=common))
    assert (0, 300) in set(zip(found.first.tolist(), found.second.tolist(), strict=True))


def test_a_row_that_is_the_preamble_keeps_it() -> None:
    texts = [PREAMBLE + each for each in questions()[:300]]
    rows = Parts([pl.Series([*texts, PREAMBLE, PREAMBLE + "how"])], SHINGLING)
    common = CommonShingles(rows.sizes[:300], rows.fetch, SHINGLING, np.arange(300, dtype=np.uint64), preambles=True)
    own, fetch = own_texts(rows, rows.fetch, common)
    assert fetch(np.array([0, 300, 301]))[0].to_list() == [questions()[0], PREAMBLE, "how"]
    assert own.sizes[[0, 300, 301], 0].tolist() == [len(questions()[0]) - 4, len(PREAMBLE) - 4, 1]


def test_rows_with_another_first_part_keep_what_the_part_begins_with() -> None:
    prompts = pl.Series([PREAMBLE + each for each in questions()[:100]] + [""])
    answers = pl.Series([PREAMBLE + each for each in questions()[:100]] + [PREAMBLE + "how"])
    rows = Parts([prompts, answers], SHINGLING)
    common = CommonShingles(rows.sizes, rows.fetch, SHINGLING, np.arange(101, dtype=np.uint64), preambles=True)
    parts = own_texts(rows, rows.fetch, common)[1](np.array([0, 100]))
    assert [part.to_list() for part in parts] == [[questions()[0], ""], [answers[0], answers[100]]]

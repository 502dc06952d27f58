"""Text that most rows share, such as a preamble: similar questions stay similar under it, and others do not get so."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
import polars as pl
import pytest

from datalint.neardup import CommonShingles, Query, Shingling, find_exact
from datalint.neardup.text.shingles import shingle_hashes

#: Words that the preamble has too, as function words and endings of any language are.
WORDS = [one + other for one in ("ka", "lo", "mi", "ne", "ru", "sa") for other in ("dar", "fen", "gol", "hup", "jin")]
PAIRS = {(row, row + 40) for row in range(10)}
SIZES = (0, 90, 400)


def questions() -> list[str]:
    """Return 50 texts of twenty words; the last ten are copies of the first ones with another word."""
    chosen = random.Random(3)
    rows = [chosen.choices(WORDS, k=20) for _ in range(40)]
    return [" ".join(row) for row in [*rows, *([*row[:9], "other", *row[10:]] for row in rows[:10])]]


def preamble(words: int) -> str:
    return " ".join(random.Random(5).choices(WORDS, k=words)) + "\n\n"


def pairs_of(texts: Sequence[str]) -> set[tuple[int, int]]:
    shingling = Shingling.parse("char-5")
    column = pl.Series(texts)
    sizes = shingle_hashes(list(texts), shingling)[1].astype(np.uint32)[:, None]
    keys = column.hash().to_numpy()
    common = CommonShingles(sizes, lambda rows: [column.gather(rows)], shingling, keys)
    found = find_exact(sizes, lambda rows: [column.gather(rows)], Query(0.7, shingling, identical=keys, common=common))
    assert found is not None
    return set(zip(found.first.tolist(), found.second.tolist(), strict=True))


@pytest.mark.parametrize("words", SIZES)
def test_rows_are_near_under_a_preamble_as_they_are_without_it(words: int) -> None:
    assert pairs_of([preamble(words) + each for each in questions()]) == PAIRS


@pytest.mark.parametrize("words", SIZES)
def test_rows_are_near_before_a_footer_as_they_are_without_it(words: int) -> None:
    assert pairs_of([each + "\n\n" + preamble(words) for each in questions()]) == PAIRS


@pytest.mark.parametrize("words", SIZES)
def test_other_slots_of_one_template_are_not_near(words: int) -> None:
    texts = [f"{preamble(words)}Write about {each[:60]} in a few words." for each in questions()[:40]]
    assert pairs_of(texts) == set()


def test_text_that_most_rows_have_twice_is_left_out_as_often() -> None:
    texts = [f"Title of the page\n{each[:60]}\nTitle of the page" for each in questions()[:40]]
    assert pairs_of(texts) == set()


def test_what_a_row_has_more_often_than_most_rows_is_its_own() -> None:
    texts = [*(["abcde fghij"] * 25), "abcde fghij fghij", "klmno"]
    shingling = Shingling.parse("char-5")
    hashes, counts = shingle_hashes(texts, shingling)
    column = pl.Series(texts)
    sizes = counts.astype(np.uint32)[:, None]
    common = CommonShingles(
        sizes, lambda rows: [column.gather(rows)], shingling, np.arange(len(texts), dtype=np.uint64)
    )
    found = common.of(0)
    assert found is not None
    beyond = [each.sum() for each in np.split(found.beyond(hashes, counts), np.cumsum(counts)[:-1])]
    # The texts of one row, as in a star, and of all rows give the same.
    alone = [found.beyond(*shingle_hashes([each], shingling)).sum() for each in texts]
    assert beyond == alone
    assert beyond[:25] == [0] * 25
    assert beyond[25] > 0
    assert beyond[26] == counts[26]

"""Sketches depend on a row's shingles alone, and estimate similarity."""

from __future__ import annotations

import pickle
import random

import numpy as np
import polars as pl
from draws import examples
from every import every
from hypothesis import given, settings
from hypothesis import strategies as st

from datalint.neardup import Shingling, Sketches, sketch_texts
from datalint.neardup.sketch.bit_prints import equal_bins
from datalint.neardup.sketch.one_permutation import BINS

CHAR = Shingling()


def sketch(*parts: list[str]) -> Sketches:
    return sketch_texts([pl.Series(part, dtype=pl.String) for part in parts], CHAR)


@settings(max_examples=examples(40))
@given(st.lists(st.tuples(st.text(max_size=40), st.text(max_size=12)), min_size=1, max_size=12), st.randoms())
def test_a_row_has_one_signature_wherever_it_stands(rows: list[tuple[str, str]], order: random.Random) -> None:
    whole = sketch([a for a, _ in rows], [b for _, b in rows])
    alone = Sketches.concat([sketch([a], [b]) for a, b in rows])
    assert (whole.signatures == alone.signatures).all()
    assert (whole.sizes == alone.sizes).all()
    shuffled = list(range(len(rows)))
    order.shuffle(shuffled)
    moved = sketch([rows[i][0] for i in shuffled], [rows[i][1] for i in shuffled])
    assert (moved.signatures == whole.signatures[shuffled]).all()


def test_blocks_do_not_show() -> None:
    chance = random.Random(3)
    texts = ["".join(chance.choices("abcdefgh ", k=chance.choice([0, 1, 3, 20, 300, 5000]))) for _ in range(400)]
    texts += ["a" * 300_000, "ab" * 100_000, "日本" * 3000]
    whole = sketch(texts)
    parts = Sketches.concat([sketch(texts[:7]), sketch(texts[7:200]), sketch(texts[200:])])
    assert (whole.signatures == parts.signatures).all()


def test_form() -> None:
    made = sketch(["abcdefg", "", "ab"], ["", "", "x"])
    assert (made.signatures.shape, made.signatures.dtype) == ((3, BINS), np.uint16)
    assert made.sizes.tolist() == [[3, 0], [0, 0], [1, 1]]
    assert made.sizes.dtype == np.uint32
    copy = pickle.loads(pickle.dumps(made))
    assert (copy.signatures == made.signatures).all()
    assert len(made) == 3


@every("size", [8, 30, 100, 1000, 20_000])
@every("similarity", [0.3, 0.5, 0.7, 0.9])
def test_estimates_are_unbiased_and_sharp(size: int, similarity: float) -> None:
    # Texts of one-character shingles, so that a set's members are chosen freely.
    chance = random.Random(size)
    shared = round(size * similarity)
    errors = []
    for trial in range(30 if size < 10_000 else 3):
        codes = (
            [chr(0x4E00 + code) for code in chance.sample(range(20_900), size)]
            if size > 1000
            else [chr(0x4E00 + 1000 * (trial % 20) + code) for code in chance.sample(range(1000), size)]
        )
        own = (size - shared) // 2
        a, b = codes[: shared + own], codes[:shared] + codes[shared + own :]
        made = sketch_texts([pl.Series(["".join(a), "".join(b)])], Shingling("char", 1))
        exact = shared / len(set(a) | set(b))
        errors.append(equal_bins(made.signatures, np.array([0]), np.array([1]))[0] / BINS - exact)
    deviation = (similarity * (1 - similarity) / BINS) ** 0.5
    assert abs(np.mean(errors)) < 4 * deviation / len(errors) ** 0.5 + 0.01
    assert np.max(np.abs(errors)) < 5 * deviation


def test_similarity_of_the_parts_together_is_at_least_the_least() -> None:
    made = sketch(["the prompt of the first row", "the prompt of the first row"], ["yes", "no"])
    assert 0.5 < equal_bins(made.signatures, np.array([0]), np.array([1]))[0] / BINS < 1

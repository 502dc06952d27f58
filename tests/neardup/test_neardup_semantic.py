"""Vectors and facts by which paraphrases are found."""

from __future__ import annotations

import numpy as np
import pytest

from datalint.neardup.semantic import is_installed
from datalint.neardup.semantic.facts import TextFacts, agreement
from datalint.neardup.semantic.vectors import embed

TEXTS = [
    "The cat sat on the mat.",
    "A cat was sitting on a rug.",
    "Interest rates rose by two points.",
    "",
    "word " * 5_000,
]


def test_the_extra_is_installed_for_tests() -> None:
    assert is_installed()


def test_a_vector_depends_on_its_text_alone() -> None:
    together = embed(TEXTS)
    assert together.dtype == np.float32
    for text, vector in zip(TEXTS, together, strict=True):
        assert (embed([text])[0] == vector).all()


def test_vectors_have_length_one_or_nothing() -> None:
    assert np.linalg.norm(embed(TEXTS), axis=1).round(4).tolist() == [1.0, 1.0, 1.0, 0.0, 1.0]


def test_what_means_the_same_is_nearer() -> None:
    one, other, third = embed(TEXTS[:3])
    assert one @ other > one @ third


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("three and 1,200 and 2.50", {"3", "1200", "2.5"}),
        ("half of a dozen", {"1/2", "12"}),
        ("no number", set()),
        ("10 and 100", {"10", "100"}),
    ],
)
def test_numbers(text: str, numbers: set[str]) -> None:
    assert TextFacts.of(text).numbers == numbers


def test_names_are_capitals_within_a_sentence() -> None:
    assert TextFacts.of("Yesterday Ada met Tom. They went to Lyon.").names == {"ada", "tom", "lyon"}
    assert TextFacts.of("The Title Of A Book").names == frozenset()


def test_a_name_that_begins_a_sentence_of_the_other_text_agrees() -> None:
    found = agreement(TextFacts.of("Then Ada paid 5 euros."), TextFacts.of("Ada paid five euros."))
    assert (found.numbers, found.names, found.shared) == (1.0, 1.0, ("5", "ada"))


def test_no_facts_agree_on_nothing() -> None:
    assert agreement(TextFacts.of("Say it."), TextFacts.of("Tell me.")) == (None, None, ())

"""The words that rules share: numbers that never say all or nothing of what is neither."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from datalint.rules._words import counted, listed, percent, similar


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0, "0 %"),
        (0.0001, "0.1 %"),
        (0.019, "1.9 %"),
        (0.1, "10 %"),
        (0.415, "42 %"),
        (0.9999, "99.9 %"),
        (1, "100 %"),
        (1.5, "150 %"),
    ],
)
def test_percent(share: float, words: str) -> None:
    assert percent(share) == words


@given(st.floats(0, 1, exclude_min=True, exclude_max=True))
def test_a_part_is_neither_nothing_nor_everything(share: float) -> None:
    assert percent(share) not in ("0 %", "100 %", "0.0 %", "100.0 %")


@given(st.floats(0, 1, exclude_max=True))
def test_only_equal_texts_are_wholly_similar(value: float) -> None:
    assert (similar(value) == "1.00") == (value > 1 - 1e-10)


@pytest.mark.parametrize(("value", "words"), [(0.7, "0.70"), (0.29, "0.29"), (0.999, "0.99"), (1.0, "1.00")])
def test_similarities_are_rounded_down(value: float, words: str) -> None:
    assert similar(value) == words


def test_counts_and_lists() -> None:
    assert [counted(n, "row") for n in (0, 1, 1200)] == ["0 rows", "1 row", "1,200 rows"]
    assert listed("ab", 2, 2) == "a, b"
    assert listed("abcd", 4, 2) == "a, b and 2 more"

"""Numbers in words: never all or nothing of what is neither."""

from __future__ import annotations

import pytest
from every import every
from hypothesis import given
from hypothesis import strategies as st

from datalint.support.numbers import counted, percent, short, similar


@every(
    ("share", "words"),
    [
        (0, "0 %"), (1e-9, "under 0.1 %"), (0.0001, "under 0.1 %"), (0.0007, "0.1 %"), (0.001, "0.1 %"),
        (0.019, "1.9 %"), (0.034, "3.4 %"), (0.0999, "10 %"), (0.1, "10 %"), (0.415, "42 %"), (0.5, "50 %"),
        (0.99, "99 %"), (0.994, "99.4 %"), (0.9999, "over 99.9 %"), (1 - 1e-9, "over 99.9 %"), (1, "100 %"),
        (1.5, "150 %"),
    ],
)  # fmt: skip
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


def test_counts() -> None:
    assert [counted(n, "row") for n in (0, 1, 1200)] == ["0 rows", "1 row", "1,200 rows"]


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "0"), (980, "980"), (999, "999"), (1_000, "1.0k"), (9_949, "9.9k"), (12_345, "12k"), (1_400_000, "1.4M"),
     (2_000_000_000, "2.0G")],
)  # fmt: skip
def test_short_numbers(number: int, words: str) -> None:
    assert short(number) == words

"""Problems of one template that have other numbers in their prompts and answers, and hardly another word."""

from __future__ import annotations

import pytest

from datalint.engine.reduce.comparing.calculations import calculate_others
from datalint.engine.reduce.comparing.differing import Difference
from datalint.engine.reduce.comparing.text_words import Words

LENT = ("he lent rs . 3,060 at 4 % for 8 years", "3060 * 4 * 8")


@pytest.mark.parametrize(
    ("prompt", "answer", "others"),
    [
        ("she lent $ 4800 at 4 % for 8 years", "4800 * 4 * 8", True),
        ("he lent $ 3060 at 4 % for 8 years", "3060.0 * 4 * 8", False),
        ("he lent rs . 4,800 at 4 % for 8 years", "3060 * 4 * 8", False),
        ("he borrowed rs . 4,800 at 4 % for 8 years", "4800 * 4 * 8", False),
    ],
)
def test_other_numbers_and_results(prompt: str, answer: str, *, others: bool) -> None:
    found = Difference(Words(*LENT, asked=True), Words(prompt, answer, asked=True))
    assert calculate_others(found) is others

"""Notes on prompts of several texts in one cell."""

from __future__ import annotations

import pytest

import datalint


@pytest.mark.parametrize(
    ("asked", "noted"),
    [
        ("Explain dock {}., What is dock {}?", True),
        ("What is dock {}?, Who keeps dock {}?, Define docks.", True),
        ("What is dock {}? Explain docks, piers and quays.", False),
        ("Is e.g., dock {} full?", False),
    ],
)
def test_several_questions_in_one_cell_are_noted(asked: str, *, noted: bool) -> None:
    rows = [
        {"question": asked.format(n, n * 7), "answer": f"It is the {'abcdefgh'[n % 8]} dock by gate {n}."}
        for n in range(30)
    ]
    said = [note for note in datalint.lint(rows).notes if "several texts" in note]
    assert len(said) == noted
    assert all('"question" has several texts with ", " between them in 30 of 30 rows' in note for note in said)

"""Texts with a mark between a question and its answer are refused; marks of other texts change nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests_sources_reading import rows_and_problems as read


@pytest.mark.parametrize(
    ("mark", "block"),
    [
        ("Response", "Dock {n}\n-----\nIs dock {n} full?\nIs there a place?\n\n<Response>\nIt has {n}.\n\n\n"),
        ("MARK", "Is dock {n} full?\n<MARK>\nIt has {n} places, as far as I know.\n<---------->\n"),
    ],
)
def test_a_mark_between_questions_and_answers_is_refused(tmp_path: Path, mark: str, block: str) -> None:
    rows, said = read(tmp_path / "train.txt", "".join(block.format(n=n) for n in range(12)))
    assert not rows
    assert said == [
        f"lines with <{mark}> separate questions from answers: write each question and its answer as a row with keys "
        "such as prompt and completion"
    ]


@pytest.mark.parametrize(
    "block",
    [
        "<page>\nDock {n} has a place at the left side of the gate.\n",
        "<answer>\nDock {n} has a place at the left side of the gate.\n</answer>\n",
        "<p>\n<s>\nDock {n} has a place at the left side of the gate.\n",
        "Dock {n} has a place.\n<|endoftext|>\nDock {n} has none.\n<|pad|>\n",
    ],
)
def test_marks_of_other_texts_are_read(tmp_path: Path, block: str) -> None:
    assert read(tmp_path / "train.txt", "".join(block.format(n=n) for n in range(12)))[0]

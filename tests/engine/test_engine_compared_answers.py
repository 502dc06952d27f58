"""Tests of right answers next to what is not learned: the note on them, and the answers of a system under test."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import datalint


def report_of(folder: Path, row: dict[str, Any]) -> datalint.Report:
    """Return the report on 30 rows like one, with a number in each text."""
    text = json.dumps(row)
    path = folder / "harbour.jsonl"
    path.write_text("".join(f"{text.replace('{n}', str(n))}\n" for n in range(1, 31)))
    return datalint.lint([path])


ASKED = {"role": "user", "content": "Which boats are at dock {n}?"}


@pytest.mark.parametrize("key", ["expected", "answer", "ground_truth", "expected_output"])
def test_a_note_names_the_columns_that_learn_what_a_reward_function_compares_with(tmp_path: Path, key: str) -> None:
    report = report_of(tmp_path, {"id": "{n}", "messages": [ASKED], key: "The ash and boat {n}"})
    [note] = [each for each in report.notes if "reward function" in each]
    assert note.endswith(f"--columns prompt=messages,response={key}")
    assert report.kind == "rl"


@pytest.mark.parametrize(
    "row",
    [
        # Nothing that is an answer, two answers, no text, and a conversation with its answer.
        {"messages": [ASKED], "expected_keywords": "ash {n}", "rubric": "Names all boats."},
        {"messages": [ASKED], "answer": "The ash, boat {n}", "expected": "The elm"},
        {"messages": [ASKED], "expected": ["The ash {n}"], "rubric": "Names all boats."},
        {"messages": [ASKED, {"role": "assistant", "content": "The ash."}], "expected": "The ash {n}"},
    ],
)
def test_no_note_is_on_rows_without_one_right_answer(tmp_path: Path, row: dict[str, Any]) -> None:
    assert not [note for note in report_of(tmp_path, row).notes if "reward function" in note]


@pytest.mark.parametrize(
    ("more", "learned"),
    [
        ({"expected": "The ash {n}"}, "expected"),
        ({"expected": "The ash {n}", "tags": ["boats"], "metadata": {"day": 1}}, "expected"),
        # The same text twice, and an answer of another name, which may be where the output is from.
        ({"expected": "Boat {n}, as far as I know"}, ""),
        ({"reference": "The harbour book, page {n}"}, ""),
    ],
)
def test_of_an_output_and_what_is_expected_the_latter_is_learned(
    tmp_path: Path, more: dict[str, Any], learned: str
) -> None:
    row = {"input": "Which boats are at dock {n}?", "output": "Boat {n}, as far as I know"} | more
    notes = [note for note in report_of(tmp_path, row).notes if "--columns" in note]
    assert [note.partition("response=")[2] for note in notes] == ([learned] if learned else [])

"""Right answers next to texts that a known shape reads alone or with another label."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from guess_runs import checked, write

from datalint.engine.guesses.source_columns import guess_columns
from datalint.shapes.detect import Detector
from datalint.shapes.guess import Guess
from datalint.sources import open_sources

TEXT = {"id": "t{n}", "text": "Who may open dock {n} at night?"}
CLASSES = ("dock", "gate", "boat")


def guessed(path: Path, row: dict[str, Any]) -> Guess | None:
    (source,) = open_sources([write(path, rows_of(row))])
    return guess_columns(source, Detector())


def rows_of(row: dict[str, Any], size: int = 30) -> list[dict[str, Any]]:
    texts = (
        json.dumps(row).replace("{n}", str(n)).replace("{c}", CLASSES[n % 3]).replace("{d}", CLASSES[n // 2 % 3])
        for n in range(size)
    )
    return [json.loads(text) for text in texts]


@pytest.mark.parametrize(
    ("row", "proposed"),
    [
        ({"ground_truth_ids": ["P{n}", "S{n}"]}, "prompt=text,response=ground_truth_ids"),
        ({"expected_relations": [["dock {n}", "opened_by", "{c}"]]}, "prompt=text,response=expected_relations"),
        (
            {"category": "{c}", "expected_relations": [["dock {n}", "by", "{c}"]]},
            "prompt=text,response=expected_relations,category=category",
        ),
        ({"category": "{c}", "gold_label": "{d}"}, "prompt=text,response=gold_label,category=category"),
        ({"label": "{c}", "gold_label": "{d}"}, "prompt=text,response=gold_label,category=label"),
        ({"label": "{c}", "true_label": "{d}"}, "prompt=text,response=true_label,category=label"),
        ({"intent": "{c}", "response": "The guard of {n} may."}, "prompt=text,response=response,category=intent"),
        (
            {"sentiment": "{c}", "expected_answer": "Guard {n}."},
            "prompt=text,response=expected_answer,category=sentiment",
        ),
    ],
)
def test_a_right_answer_that_no_shape_reads_is_proposed(tmp_path: Path, row: dict[str, Any], proposed: str) -> None:
    guess = guessed(tmp_path / "rows.jsonl", TEXT | row)
    assert guess is not None
    assert (guess.mapping, guess.clear) == (proposed, False)
    assert Detector(guesses=[guess]).shape(rows_of(TEXT | row)[0]).name == "unknown"


@pytest.mark.parametrize(
    ("row", "read"),
    [
        ({"ground_truth_ids": ["P{n}", "S{n}"]}, "response=ground_truth_ids,category=category"),
        ({"answers": ["The guard of {n}.", "Guard {n}."]}, "response=answers,category=category"),
    ],
)
def test_lists_of_right_answers_are_learned_next_to_a_category(tmp_path: Path, row: dict[str, Any], read: str) -> None:
    guess = guessed(tmp_path / "rows.jsonl", TEXT | {"category": "{c}"} | row)
    assert guess is not None
    assert (guess.mapping, guess.clear) == (f"prompt=text,{read}", True)


@pytest.mark.parametrize(
    "row",
    [
        {"label": "{c}", "gold_label": "{c}"},  # either is learned
        {"label": "{c}", "response": "Guards of {n} may."},  # what the label is about, or not
        {"label": "{c}", "gold_source": "https://docks.example/{n}"},
        {"label": "{c}", "expected_keywords": ["guard", "{n}"]},
        {"label": "{c}", "_golden": False},
        {"label": "{c}", "expected_answer": None},
        {"label": "{c}", "gold_label": "{d}", "gold_answer": "{n} of {c}"},  # no one of them is meant
        {"label": "{c}", "correctness": "{d}"},
    ],
)
def test_other_keys_leave_a_text_with_a_label_as_it_is(tmp_path: Path, row: dict[str, Any]) -> None:
    assert guessed(tmp_path / "rows.jsonl", TEXT | row) is None


def test_a_note_on_prompts_names_what_checks_their_answers(tmp_path: Path) -> None:
    report = checked(
        write(tmp_path / "eval.jsonl", rows_of({"prompt": "Who opens {n}?", "expected_keywords": ["{c}"]}))
    )
    assert any("'expected_keywords' is for checking answers, and is none" in note for note in report.notes)


def test_the_expected_answer_to_an_instruction_is_that_of_an_evaluation_set(tmp_path: Path) -> None:
    row = {"instruction": "Who opens {n}?", "output": "The {c} of {n}.", "expected_answer": "The {d}."}
    guess = guessed(tmp_path / "eval.jsonl", row)
    assert guess is not None
    assert (guess.mapping, guess.clear) == ("prompt=instruction,response=expected_answer", True)


@pytest.mark.parametrize(
    ("row", "proposed"),
    [
        (
            {"answer_key": "Dock {n} is for boats.", "score": "{n}"},
            "prompt=question,context=answer_key+answer,response=score",
        ),
        ({"answer_key": "Dock {n} is for boats."}, None),
        ({"key": "dock_{n}", "score": "{n}"}, None),  # a number of the row
    ],
)
def test_answers_next_to_the_key_that_they_are_graded_by_are_not_learned(
    tmp_path: Path, row: dict[str, Any], proposed: str | None
) -> None:
    graded = {"question": "What is dock {n} there for?", "answer": "For boat {n} of {c} that stays at night."} | row
    rows = [
        {key: int(value) % 6 if key == "score" else value for key, value in each.items()} for each in rows_of(graded)
    ]
    (source,) = open_sources([write(tmp_path / "rows.jsonl", rows)])
    guess = guess_columns(source, Detector())
    assert (None if guess is None else guess.mapping) == proposed


@pytest.mark.parametrize("answered", [0, 1])
def test_a_note_says_that_the_questions_of_an_evaluation_set_about_passages_have_no_answers(
    tmp_path: Path, answered: int
) -> None:
    asked = [{"question": f"Where is lamp {n}?", "options": ["dock", "gate"]} for n in range(2)]
    rows = rows_of({"passage": "Lamp {n} hangs at the gate of the dock.", "questions": asked})
    for question in [each for row in rows[:answered] for each in row["questions"]]:
        question["answer"] = "gate"
    report = checked(write(tmp_path / "test.jsonl", rows))
    found = [note for note in report.notes if "no question has one, so the scores are about the questions" in note]
    assert len(found) == 1 - answered

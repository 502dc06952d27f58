"""Answers whose prompts are in another file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import datalint


def response(number: int, text: str) -> dict[str, Any]:
    choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}
    return {"custom_id": f"q{number}", "response": {"status_code": 200, "body": {"choices": [choice]}}, "error": None}


def request(number: int, text: str) -> dict[str, Any]:
    messages = [{"role": "user", "content": f"{text} Is dock {number} full?"}]
    return {"custom_id": f"q{number}", "method": "POST", "body": {"model": "m", "messages": messages}}


def answer(number: int, text: str) -> dict[str, Any]:
    return {"question_id": number, "answer_id": f"a{number}", "choices": [{"index": 0, "turns": [text]}]}


@pytest.mark.parametrize("make", [response, answer])
def test_equal_answers_without_their_prompts_are_no_copies(make: Any) -> None:
    rows = [make(n, "AB"[n % 2]) for n in range(60)]
    report = datalint.lint(rows, config={"select": ["DIV", "VOL001", "RDY001"]})
    assert [finding.rule for finding in report.findings] == []
    assert report.measures["effective-examples"] is None
    assert report.measures["evaluation-examples"] is None
    assert any("58 answers repeat earlier ones" in note for note in report.notes)


def test_the_same_answer_with_the_same_id_is_a_copy() -> None:
    rows = [response(n, "AB"[n % 2]) for n in range(60)]
    report = datalint.lint([*rows, rows[3], rows[3]], config={"select": ["DIV"]})
    assert [(finding.rule, finding.row) for finding in report.findings] == [("DIV001", 61), ("DIV001", 62)]
    assert report.measures["redundant-share"] == pytest.approx(2 / 62)


def test_answers_next_to_their_prompts_are_copies() -> None:
    rows = [
        {
            "messages": [{"role": "user", "content": "Is it open?"}, {"role": "assistant", "content": "AB"[n % 2]}],
            "id": n,
        }
        for n in range(60)
    ]
    report = datalint.lint(rows, config={"select": ["DIV002"]})
    assert len(report.findings) == 58


def test_requests_of_a_batch_are_no_examples_yet() -> None:
    report = datalint.lint([request(n, "Hi.") for n in range(20)], config={"select": ["VOL001", "RDY001"]})
    assert [finding.rule for finding in report.findings] == []
    said = {name: factor.remedy for name, factor in report.factors.items()}
    assert said["volume"] == said["readiness"] == "requests, to be joined with their responses first"


@pytest.mark.parametrize("make", [response, request])
def test_a_part_of_a_batch_is_no_evaluation_set_of_another_one(tmp_path: Path, make: Any) -> None:
    for name, count in (("batch.jsonl", 60), ("batch_test.jsonl", 20)):
        (tmp_path / name).write_text("".join(json.dumps(make(n, "No.")) + "\n" for n in range(count)))
    report = datalint.lint(tmp_path / "batch.jsonl", config={"select": ["RDY001"]})
    assert [finding.rule for finding in report.findings] == []

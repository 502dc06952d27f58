"""Tests of the note on responses that failed when they were run or checked."""

from __future__ import annotations

from typing import Any

import pytest

import datalint

SHELL = {"prompt": "List the crates on dock {n}, please.", "response": "ls crates/{n}"}


@pytest.mark.parametrize(
    ("row", "good", "bad", "note"),
    [
        (SHELL, {"run": "executed successfully"}, {"run": "failed"}, '"run" is "failed" in 10 of 40 rows'),
        (SHELL, {"status": "ok"}, {"status": "Error: no such file"}, '"status" is "Error: no such file" in 10'),
        (SHELL, {"teacher_correct": True}, {"teacher_correct": False}, '"teacher_correct" is false in 10'),
        # No outcomes, none that failed, another key's words, and what a model under test said.
        (SHELL, {"run": "quick"}, {"run": "failed"}, ""),
        (SHELL, {"run": "ok"}, {"run": "passed"}, ""),
        (SHELL, {"run": "ok"}, {"run": "no error, passed"}, ""),
        (SHELL, {"model_correct": True}, {"model_correct": False}, ""),
        ({"prompt": "Did test {n} pass?"}, {"response": "passed"}, {"response": "failed"}, ""),
    ],
)
def test_rows_that_failed_are_counted(
    row: dict[str, str], good: dict[str, Any], bad: dict[str, Any], note: str
) -> None:
    rows = [
        {key: text.replace("{n}", str(n)) for key, text in row.items()} | (good if n % 4 else bad) for n in range(40)
    ]
    report = datalint.lint(rows, config={})
    found = [each for each in report.notes if "learned like the others" in each]
    assert len(found) == bool(note)
    assert note in "".join(found)

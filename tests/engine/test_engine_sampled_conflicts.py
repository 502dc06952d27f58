"""Where each prompt has several sampled answers, other results at their ends are conflicts unless a key judges them."""

from __future__ import annotations

from typing import Any

import pytest

import datalint

MARKS = {"gsm": "#### {}", "boxed": "So it is \\boxed{{{}}}.", "none": "So it is {}."}


def sampled(
    mark: str, wrong: int, *, prompts: int = 40, judged: str = "", value: object = None
) -> list[dict[str, Any]]:
    """Return two answers to each prompt, of which the last one of the first ``wrong`` prompts has another result."""
    rows = []
    for n in range(prompts):
        for sample in range(2):
            result = n * 7 + 3 + (sample and n < wrong)
            said = f"{'First' if sample else 'At first'} {n} boats come, and each has {n + 3} sails and {sample} masts."
            row: dict[str, Any] = {
                "prompt": f"How many sails has fleet {n}?",
                "completion": f"{said}\n{mark.format(result)}",
            }
            if judged:
                row[judged] = (n < wrong) != bool(sample) if value is None else f"{value}{sample}"
            rows.append(row)
    return rows


def conflicts(rows: list[dict[str, Any]]) -> int:
    report = datalint.lint(rows, config={"select": ["DIV005"]})
    assert report.measures["conflicting-prompt-share"] == 2 * len(report.findings) / len(rows)
    return len(report.findings)


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (sampled(MARKS["gsm"], 12), 12),
        (sampled(MARKS["boxed"], 12), 12),
        (sampled(MARKS["gsm"], 0), 0),
        (sampled(MARKS["none"], 12), 0),
        # A key says which answers are right, or how good they are; the number of a sample does not.
        (sampled(MARKS["gsm"], 12, judged="ok"), 0),
        (sampled(MARKS["gsm"], 12, judged="reward", value="0."), 0),
        (sampled(MARKS["gsm"], 12, judged="run_id", value="run-2026-"), 12),
        (sampled(MARKS["gsm"], 12, judged="sample_id", value=""), 12),
    ],
)
def test_other_results_of_sampled_answers(rows: list[dict[str, Any]], found: int) -> None:
    assert conflicts(rows) == found

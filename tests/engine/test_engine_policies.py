"""What many rows have alike is one finding with their places, as severe as it is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import datalint
from datalint.report.json_report import to_json
from datalint.testing import sentence


def found(folder: Path, code: str, answers: list[str], **more: Any) -> list[dict[str, Any]]:
    file = folder / "train.jsonl"
    rows = [{"prompt": f"{sentence(n)}?", "completion": answer, **more} for n, answer in enumerate(answers)]
    file.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    findings: list[dict[str, Any]] = json.loads(to_json(datalint.lint(file, config={"select": (code,)})))["findings"]
    return findings


@pytest.mark.parametrize(
    ("code", "odd", "said"),
    [
        ("QUA022", "{}\\n\\nBoat {}.\\nYours", "the first: 3 line breaks written as backslash and n"),
        ("QUA014", "{} re\u200bfund {}", "the first: 1 × zero-width space U+200B"),
    ],
)
def test_one_cause_in_many_rows_is_one_finding(tmp_path: Path, code: str, odd: str, said: str) -> None:
    plain = [sentence(n) for n in range(200)]
    for many in (True, False):
        # Up to 5 % of the rows, each has its own text.
        every = 4 if many else 40
        answers = [odd.format(text, n) if n % every == 0 else text for n, text in enumerate(plain)]
        findings = found(tmp_path, code, answers)
        counts = [each["count"] for each in findings]
        assert counts == ([50] if many else [1] * 5)
        assert all((said in each["message"]) == many for each in findings)
        assert {each["severity"] for each in findings} == {"warning"}


def test_characters_with_advice_of_their_own_stay_findings(tmp_path: Path) -> None:
    answers = [f"{sentence(n)} harbour\u200bmaster {n}" for n in range(60)]
    findings = found(tmp_path, "QUA014", answers)
    assert len(findings) == 60
    assert all("write a blank" in each["message"] for each in findings)


def test_each_key_says_what_is_first_there(tmp_path: Path) -> None:
    file = tmp_path / "train.jsonl"
    rows = [
        {"prompt": f"{sentence(n)} bo\u200bat {n}?", "completion": f"{sentence(n + 500)} quay\u200b {n}"}
        for n in range(60)
    ]
    file.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    report = json.loads(to_json(datalint.lint(file, config={"select": ("QUA014",)})))
    said = {each["path"]: each["message"] for each in report["findings"]}
    assert len(said) == 2
    assert "bo\\u200bat 0?" in said["$.prompt"]
    assert "quay\\u200b 0" in said["$.completion"]

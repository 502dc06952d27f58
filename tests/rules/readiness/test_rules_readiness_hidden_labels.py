"""Evaluation files without labels next to others that have them."""

from __future__ import annotations

import json
from pathlib import Path

import datalint
from datalint.support.varied import sentence


def write(path: Path, first: int, count: int, labels: tuple[str, ...]) -> None:
    rows = [{"prompt": sentence(first + n), "completion": labels[n % len(labels)]} for n in range(count)]
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows))


def test_rows_of_a_file_without_labels_count_for_nothing(tmp_path: Path) -> None:
    write(tmp_path / "train.jsonl", 1_000, 600, ("keep", "refund", "cancel"))
    write(tmp_path / "val.jsonl", 5_000, 39, ("keep", "refund", "cancel"))
    write(tmp_path / "test.jsonl", 7_000, 96, ("",))
    report = datalint.lint(tmp_path / "train.jsonl", config={"select": ["RDY002", "BAL006"]})
    assert [each.message for each in report.findings] == [
        "39 evaluation rows, minimum 50",
        "all 96 evaluation rows of test.jsonl have one answer, which no training row has: the labels were left out",
    ]
    assert report.measures["evaluation-examples"] == 39
    write(tmp_path / "test.jsonl", 7_000, 96, ("keep", "refund", ""))
    report = datalint.lint(tmp_path / "train.jsonl", config={"select": ["RDY002"]})
    assert not report.findings
    assert report.measures["evaluation-examples"] == 135

"""A prompt guessed from the first rows of a file, which most of its rows leave empty."""

from __future__ import annotations

import csv
from pathlib import Path

from datalint.config.load import load_settings
from datalint.core.registry import Registry
from datalint.operations.check import run_lint
from datalint.report.model import Report
from datalint.sources import open_sources

HEAD = ("Origin", "ElementType", "Description", "Extra")


def checked(path: Path, filled: int, rows: int) -> Report:
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(HEAD)
        for n in range(rows):
            remark = (
                f"Says whether boat {n} lies at dock {n * 7 % 90}, as far as the harbour knows." if n < filled else ""
            )
            table.writerow(
                (f"list {n // 120}", ("Part", "Knob", "Lamp", "Rope")[n * n % 7 % 4], remark, "" if n % 9 else "x")
            )
    settings = load_settings(registry=Registry.default(), isolated=True, overrides={"select": ("QUA001", "FMT101")})
    return run_lint(settings, Registry.default(), open_sources([str(path)]))


def test_a_prompt_that_the_first_rows_alone_have_is_no_prompt(tmp_path: Path) -> None:
    report = checked(tmp_path / "list.csv", filled=250, rows=1_000)
    assert not any("guessed" in note for note in report.notes)
    assert {finding.rule for finding in report.findings} == {"FMT101"}


def test_a_prompt_that_some_rows_lack_is_one(tmp_path: Path) -> None:
    report = checked(tmp_path / "list.csv", filled=800, rows=1_000)
    assert any("guessed from the values: --columns prompt=Description" in note for note in report.notes)
    assert {finding.rule for finding in report.findings} == {"QUA001"}

"""Too few examples because of repeats: one cause, one finding."""

from __future__ import annotations

import pytest

import datalint

ROWS = [{"prompt": f"What is {n} times {n}?", "completion": f"{n * n}"} for n in range(120)] * 5


@pytest.mark.parametrize(
    ("select", "reported"),
    [(["VOL001", "VOL003"], "VOL001"), (["VOL"], "VOL001"), (["VOL001"], "VOL001"), (["VOL003"], "VOL003")],
)
def test_one_rule_reports_it(select: list[str], reported: str) -> None:
    report = datalint.lint(ROWS, config={"select": select})
    [finding] = report.findings
    assert finding.rule == reported
    assert "480 repeats" in finding.message
    assert "80 %" in finding.message
    assert report.verdict == "fail"

"""Words for a missing value in the lines of parallel text."""

from __future__ import annotations

from pathlib import Path

import pytest

from datalint import lint
from datalint.testing import sentence


@pytest.mark.parametrize(("name", "other", "found"), [("train.de", "train.en", 0), ("train.txt", "valid.txt", 1)])
def test_a_line_of_parallel_text_is_no_response(tmp_path: Path, name: str, other: str, found: int) -> None:
    lines = [*(f"{sentence(n)}\n" for n in range(60)), "N/A\n"]
    for each in (name, other):
        (tmp_path / each).write_text("".join(lines), encoding="utf-8")
    report = lint(str(tmp_path / name), eval=False, config={"select": ("QUA003",)})
    assert [finding.message.startswith('the whole text is "N/A"') for finding in report.findings] == [True] * found

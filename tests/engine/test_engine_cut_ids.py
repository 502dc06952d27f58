"""Notes about identifiers whose last digits a spreadsheet cut."""

from __future__ import annotations

from pathlib import Path

import pytest

import datalint


@pytest.mark.parametrize(
    ("key", "value", "noted"),
    [
        ("Tweet ID", "1.95E+18", True),
        ("Tweet ID", "1.95e+18", True),
        ("Tweet ID", "19500000{n:02}00{n:02}700", False),
        ("Views", "1.95E+18", False),
        ("Tweet ID", "1.95{n:04}E+18", False),  # different ones are as many digits as there were
    ],
)
def test_ids_that_are_equal_as_their_digits_are_cut_are_noted(
    tmp_path: Path, key: str, value: str, *, noted: bool
) -> None:
    rows = [f"{value.format(n=n)},Dock {n} has {n * n} boats.,{('sad', 'glad')[n % 2]}" for n in range(40)]
    (tmp_path / "a.csv").write_text("\n".join([f"{key},text,label", *rows]))
    report = datalint.lint(tmp_path / "a.csv", eval=False, config={"select": ["FMT"]})
    assert any("a spreadsheet cut the last digits" in note for note in report.notes) is noted

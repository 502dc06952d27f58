"""The line that says how far a run is."""

from __future__ import annotations

import pytest

from datalint.cli.progress import StageLine


def test_the_line_says_bytes_then_stages_and_is_removed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    clock = iter(range(100))
    monkeypatch.setattr("datalint.cli.progress.time.monotonic", lambda: float(next(clock)))
    shown = StageLine(4_000_000)
    shown(1_000_000)
    shown.stage("comparing 20 rows")
    shown.end()
    lines = capsys.readouterr().err.split("\r\x1b[2K")
    assert lines == ["", "reading 1 MB  25 %", "comparing 20 rows", ""]


def test_a_short_run_shows_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    shown = StageLine(10)
    shown(5)
    shown.stage("comparing 2 rows")
    shown.end()
    assert capsys.readouterr().err == ""

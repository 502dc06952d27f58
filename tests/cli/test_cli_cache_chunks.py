"""Chunks that a run has mapped are kept in the cache or a work folder, and no command maps them again."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from cache_runs import entries, run
from cli_runs import Ran

from datalint.cli import loading
from datalint.config.paths import BASELINE
from datalint.engine.execute import chunk_cache as cached
from datalint.engine.map.mapper import Mapper


@pytest.fixture
def parts(project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Folders of files, a chunk each, and as many as it takes for chunks to be kept."""
    monkeypatch.setattr(cached, "LEAST", 0)
    monkeypatch.setattr("datalint.sources.grouping.SMALL", 0)
    monkeypatch.setattr(loading, "cores", lambda: 1)
    rows = (project / "train.jsonl").read_bytes().splitlines(keepends=True)
    for folder, count in (("old", 4), ("new", 5)):
        (project / folder).mkdir()
        for number in range(count):
            (project / folder / f"{number}.jsonl").write_bytes(b"".join(rows[number::count]))
    return project


def fresh(*arguments: str, mapped: bool = True, **options: Any) -> tuple[Ran, bytes]:
    """Run a command that has not written its baseline yet; unless ``mapped``, fail where it maps a chunk."""
    Path(BASELINE).unlink(missing_ok=True)
    failing = mock.Mock(side_effect=AssertionError("it was mapped again"))
    with contextlib.nullcontext() if mapped else mock.patch.object(Mapper, "_map", failing):
        ran = run(*arguments, **options)
    return ran, Path(BASELINE).read_bytes() if Path(BASELINE).exists() else b""


@pytest.mark.parametrize(
    "arguments",
    [
        ("baseline", "new", "--select", "FMT,VOL"),
        ("clusters", "new", "--output-format", "json"),
        ("clusters", "new", "--view", "example", "--check-recall"),
        ("compare", "old", "new", "--select", "FMT,VOL", "--output-format", "json"),
    ],
    ids=" ".join,
)
def test_commands_that_keep_no_report_map_no_chunk_again(arguments: tuple[str, ...], parts: Path) -> None:
    plain = fresh(*arguments, "--no-cache")
    assert not entries(parts)
    assert fresh(*arguments) == plain
    assert {path.parent.name for path in entries(parts)} == {"chunks"}
    assert fresh(*arguments, mapped=False) == plain
    # Trouble with another folder is told, and nothing else changes.
    (parts / "elsewhere").write_bytes(b"a file in its place")
    ran, baseline = fresh(*arguments, "--cache-dir", "elsewhere")
    assert (ran.code, ran.output, baseline) == (plain[0].code, plain[0].output, plain[1])
    assert ran.error.count("warning: ") == 1
    assert "elsewhere" in ran.error


def test_commands_use_the_chunks_of_check(parts: Path) -> None:
    baseline = ("baseline", "new", "--select", "FMT,VOL")
    plain = fresh(*baseline, "--no-cache")
    run("check", "new", "--select", "FMT,VOL", "--cache-dir", "elsewhere")
    assert fresh(*baseline, "--cache-dir", "elsewhere", mapped=False) == plain
    for path in (parts / "elsewhere").glob("v*/chunks/*"):
        path.write_bytes(path.read_bytes()[:-1])
    assert fresh(*baseline, "--cache-dir", "elsewhere") == plain


def test_a_work_dir_keeps_chunks_without_the_cache(parts: Path) -> None:
    check = ("check", "new", "--select", "FMT,VOL", "--output-format", "json")
    plain = fresh(*check, "--no-cache")
    kept = (*check, "--no-cache", "--work-dir", "work")
    assert fresh(*kept) == plain
    assert not entries(parts)
    assert len(list((parts / "work").glob("v*/chunks/*"))) == 5
    assert fresh(*kept, mapped=False) == plain
    assert fresh(*check, "--work-dir", "work", mapped=False) == plain
    assert {path.parent.name for path in entries(parts)} == {"reports"}


def test_trouble_with_a_work_dir_is_told(parts: Path) -> None:
    check = ("check", "new", "--select", "FMT,VOL", "--output-format", "json", "--no-cache")
    plain, _ = fresh(*check)
    (parts / "work").write_bytes(b"a file in its place")
    ran, _ = fresh(*check, "--work-dir", "work")
    assert (ran.code, ran.output) == (plain.code, plain.output)
    assert "work can't keep this run to resume it: " in ran.error

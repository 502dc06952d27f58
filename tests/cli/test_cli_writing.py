"""A file that is written is the old one or the whole new one, with nothing beside it."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from datalint.cli.writing import write_atomically
from datalint.core.errors import DatalintError

HOUR = 3600


@pytest.mark.parametrize("name", ["report.json", "a [1] *.json", "..json"])
def test_what_a_killed_run_left_is_deleted(name: str, tmp_path: Path) -> None:
    stale = [f".{name}.1234.tmp", f".{name}.{os.getpid()}.tmp"]
    others = [f".{name}.tmp", f".{name}.12x.tmp", ".other.json.1234.tmp", f"{name}.1234.tmp"]
    for each in (*stale, *others):
        (tmp_path / each).write_bytes(b"old")
        os.utime(tmp_path / each, (time.time() - HOUR,) * 2)
    young = f".{name}.77.tmp"
    (tmp_path / young).write_bytes(b"another run writes this now")
    write_atomically(tmp_path / name, b"new")
    assert (tmp_path / name).read_bytes() == b"new"
    assert {path.name for path in tmp_path.iterdir()} == {name, young, *others}


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()], ids=repr)
def test_what_fails_leaves_the_old_file_alone(
    error: BaseException, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "report.json"
    path.write_bytes(b"old")

    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(DatalintError if isinstance(error, OSError) else KeyboardInterrupt):
        write_atomically(path, b"new")
    assert [each.name for each in tmp_path.iterdir()] == ["report.json"]
    assert path.read_bytes() == b"old"


def test_a_planted_link_leads_nowhere(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_bytes(b"mine")
    (tmp_path / f".report.json.{os.getpid()}.tmp").symlink_to(elsewhere)
    write_atomically(tmp_path / "report.json", b"new")
    assert elsewhere.read_bytes() == b"mine"
    assert not (tmp_path / "report.json").is_symlink()

"""A project with a cache, and runs of the command in it that fail where they do again what is known."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from unittest import mock

import pytest
from cli_runs import FIXTURES, Ran

from datalint.cache import identity
from datalint.cli import check, main

#: A check that fails, and runs few rules.
CHECK = ("check", "tiny.jsonl", "--select", "VOL")
ROW = b'{"prompt": "Where do I leave the key?", "completion": "In the box next to the door, please."}\n'


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to run in, with a user's home of its own."""
    folder = tmp_path / "project"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    # So that whoever edits the code while the tests run sees the tests of the cache pass.
    monkeypatch.setattr(identity, "code_identity", lambda: b"code")
    for name in ("tiny.jsonl", "broken.jsonl"):
        shutil.copy(FIXTURES / name, folder / name)
    rows = (FIXTURES / "leaky" / "train.jsonl").read_bytes().splitlines(keepends=True)
    (folder / "train.jsonl").write_bytes(b"".join(rows[:60]))
    (folder / "below").mkdir()
    (folder / "below" / "small.jsonl").write_bytes(ROW)
    return folder


def settle() -> None:
    """Let the clock of the file system tick: a file that is as young as the run, but for 20 ms, is not trusted."""
    around = (each for each in Path.cwd().parent.rglob("*") if ".datalint_cache" not in each.parent.parts)
    states = [each.lstat() for each in around]
    youngest = max(max(state.st_mtime_ns, state.st_ctime_ns) for state in states)
    if (wait := 0.021 - (time.time_ns() - youngest) / 1e9) > 0:
        time.sleep(wait)


def run(*arguments: str, env: dict[str, str] | None = None, again: bool = False) -> Ran:
    """Run the command in this process; ``again`` fails where it is not what a run before left."""
    output, error = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    settle()
    with contextlib.ExitStack() as stack:
        stack.enter_context(mock.patch.dict(os.environ, {"DATALINT_NO_CACHE": "", **(env or {})}))
        if again:
            failing = mock.Mock(side_effect=AssertionError("it was run again"))
            stack.enter_context(mock.patch.object(check, "_check", failing))
            stack.enter_context(mock.patch("datalint.operations.advise.read_facts", failing))
        stack.enter_context(contextlib.redirect_stdout(output))
        stack.enter_context(contextlib.redirect_stderr(error))
        with pytest.raises(SystemExit) as done:
            main(arguments)
    whole = [stream.buffer.getvalue() for stream in (output, error)]  # type: ignore[attr-defined]
    return Ran(int(done.value.code or 0), whole[0], whole[1].decode())


def entries(project: Path) -> list[Path]:
    return sorted((project / ".datalint_cache").glob("v*/*/*"))


def assert_remembered(*arguments: str, env: dict[str, str] | None = None) -> Ran:
    plain = run(*arguments, "--no-cache", env=env)
    first = run(*arguments, env=env)
    again = run(*arguments, env=env, again=True)
    assert plain == first == again
    return again


def append(name: str, data: bytes = ROW) -> Callable[[Path], None]:
    def change(project: Path) -> None:
        with (project / name).open("ab") as file:
            file.write(data)

    return change


def rewrite(name: str, text: str) -> Callable[[Path], None]:
    def change(project: Path) -> None:
        (project / name).parent.mkdir(exist_ok=True)
        (project / name).write_text(text)

    return change

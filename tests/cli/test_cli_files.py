"""Only regular files are read, and what the user typed as a stream."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cli_runs import COMMAND, PATIENCE, Run, environment

if sys.platform == "win32":
    pytest.skip("needs named pipes and devices", allow_module_level=True)

ROWS = '{"prompt": "Q", "completion": "A"}\n'


def pipe(path: Path) -> None:
    os.mkfifo(path)


def device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def unix_socket(path: Path) -> None:
    # The name of a socket is short, unlike those of the folders of tests.
    with socket.socket(socket.AF_UNIX) as made, contextlib.chdir(path.parent):
        made.bind(path.name)


KINDS = [(pipe, "a named pipe"), (device, "a character device"), (unix_socket, "a socket")]


def use_typed(folder: Path) -> list[str]:
    return ["check", "odd.jsonl"]


def use_configured(folder: Path) -> list[str]:
    (folder / "datalint.toml").write_text('data = ["odd.jsonl"]\n')
    return ["check"]


def use_eval(folder: Path) -> list[str]:
    return ["check", "train.jsonl", "--eval", "odd.jsonl"]


def use_schema(folder: Path) -> list[str]:
    return ["check", "train.jsonl", "--schema", "odd.jsonl"]


def use_config(folder: Path) -> list[str]:
    return ["check", "train.jsonl", "--config", "odd.jsonl"]


def use_baseline(folder: Path) -> list[str]:
    return ["check", "train.jsonl", "--baseline", "odd.jsonl"]


def use_compared(folder: Path) -> list[str]:
    return ["compare", "train.jsonl", "odd.jsonl"]


def use_clusters(folder: Path) -> list[str]:
    return ["clusters", "odd.jsonl"]


USES = [use_typed, use_configured, use_eval, use_schema, use_config, use_baseline, use_compared, use_clusters]


@pytest.mark.parametrize("use", USES)
@pytest.mark.parametrize(("make", "kind"), KINDS)
def test_what_is_no_file_is_an_error_that_names_it(
    make: Callable[[Path], None], kind: str, use: Callable[[Path], list[str]], tmp_path: Path, run: Run
) -> None:
    (tmp_path / "train.jsonl").write_text(ROWS)
    make(tmp_path / "odd.jsonl")
    done = run(*use(tmp_path), cwd=tmp_path)
    assert (done.code, done.output) == (2, b"")
    assert f"odd.jsonl is {kind}, and only regular files are read" in done.error


@pytest.mark.parametrize(("make", "kind"), KINDS)
@pytest.mark.parametrize("given", ["*.jsonl", "."])
def test_globs_and_folders_pass_them_over(
    given: str, make: Callable[[Path], None], kind: str, tmp_path: Path, run: Run
) -> None:
    (tmp_path / "data.jsonl").write_text(ROWS)
    make(tmp_path / "odd.jsonl")
    make(tmp_path / "state.json")
    assert run("check", given, cwd=tmp_path).code == 1


def test_links_to_files_are_read(tmp_path: Path, run: Run) -> None:
    (tmp_path / "data.jsonl").write_text(ROWS)
    (tmp_path / "link.jsonl").symlink_to("data.jsonl")
    done = run("check", "link.jsonl", "--output-format", "json", cwd=tmp_path)
    assert b'"rows_read": 1,' in done.output


@pytest.fixture
def stream() -> Iterator[int]:
    """A pipe with a row in it, as a shell opens one for ``<(command)``."""
    reading, writing = os.pipe()
    os.write(writing, ROWS.encode())
    os.close(writing)
    yield reading
    os.close(reading)


def run_with(stream: int, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    (folder / "train.jsonl").write_text(ROWS)
    return subprocess.run(
        (*COMMAND, *arguments),
        pass_fds=(stream,),
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


@pytest.mark.parametrize("arguments", [(), ("train.jsonl", "--eval")])
def test_a_stream_of_the_shell_is_read_where_it_was_typed(
    arguments: tuple[str, ...], tmp_path: Path, stream: int
) -> None:
    path = f"/dev/fd/{stream}"
    done = run_with(stream, tmp_path, "check", *arguments, path, "--output-format", "json")
    assert (done.returncode, done.stderr) == (1, "")
    assert {"path": path, "rows_read": 1}.items() <= json.loads(done.stdout)["files"][-1].items()


@pytest.mark.parametrize(("key", "arguments"), [("data", ()), ("eval", ("train.jsonl",))])
def test_a_stream_of_the_shell_is_not_read_for_a_configuration(
    key: str, arguments: tuple[str, ...], tmp_path: Path, stream: int
) -> None:
    path = f"/dev/fd/{stream}"
    (tmp_path / "datalint.toml").write_text(f"{key} = {[path]}\n")
    done = run_with(stream, tmp_path, "check", *arguments)
    assert done.returncode == 2
    assert f"{path} is a named pipe, and only regular files are read" in done.stderr


def test_streams_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from datalint.core.errors import DatalintError
    from datalint.sources import open_sources
    from datalint.sources.inflate import DecompressionLimits

    with Path("/dev/zero").open() as zeros:
        monkeypatch.setattr(sys, "stdin", zeros)
        with pytest.raises(DatalintError, match="standard input has more than 2 MiB: save it as a file"):
            open_sources(["-"], limits=DecompressionLimits(total=2 << 20))


def test_temporary_files_leave_room_on_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    import shutil

    from datalint.core.errors import DatalintError
    from datalint.sources.content import spooled

    usage = shutil.disk_usage(".")
    blocks = [b"x" * (1 << 20)] * 200
    assert spooled(iter(blocks)).size == 200 << 20
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=90 << 20))
    with pytest.raises(DatalintError, match="has only 90 MiB left: free some, or set TMPDIR"):
        spooled(iter(blocks))

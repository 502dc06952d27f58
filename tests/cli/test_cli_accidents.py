"""Processes that die, disks that fill up, and runs that meet: the next report is right, and nothing is left running."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from cli_runs import environment
from rule_pages import PAGE

from datalint.sources.find import open_sources

if sys.platform == "win32":
    pytest.skip("needs POSIX signals", allow_module_level=True)

#: Far beyond what any run here takes, so that a hang fails instead of blocking.
PATIENCE = 60
#: Bytes of a row and of a chunk, and rows, that make some chunks, all of which are large enough for the cache. Their
#: shape is unknown, so that they are mapped fast.
_BYTES, _CHUNK, _ROWS = 32 << 10, 256 << 10, 40
#: The command, with chunks of this size instead of some MiB.
_PROGRAM = f"""
import functools
from datalint import sources
sources.open_sources = functools.partial(sources.open_sources, chunk_bytes={_CHUNK})
from datalint.__main__ import main
"""
#: A command whose own process stops for ever after a chunk, among workers.
_STOPPING = """
import signal
from datalint.engine.execute.workers import Pool
def run(self, chunks, run=Pool.run):
    yield next(run(self, chunks))
    signal.pause()
Pool.run = run
"""
#: A rule that ends a run's haste: the worker tells its process and waits.
_SLOW = (
    PAGE
    + """
import multiprocessing, os, time
from pathlib import Path
from datalint.api import Examples, Options, Severity, rule

@rule("XX001", "slow", severity=Severity.INFO, since="0.1", message="slow")
def slow(examples: Examples, options: Options):
    if multiprocessing.parent_process() is not None:
        Path("worker").write_text(str(os.getpid()))
        time.sleep(600)
    return examples.prompt.eq("")
"""
)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of several chunks, each with lines that are not JSON."""
    path = tmp_path_factory.mktemp("data") / "train.jsonl"
    with path.open("w") as file:
        for number in range(_ROWS):
            file.write(f'{{"number": {number}, "blob": "{"x" * _BYTES}"}}\n{{"number": {number}\n')
    os.utime(path, (time.time() - 60.5, time.time() - 60.5))
    return path


@pytest.fixture(scope="module")
def plain(data: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[int, bytes, str]:
    """What a run without the cache gives."""
    return finished(arguments(data, "--no-cache"), tmp_path_factory.mktemp("plain"))


@pytest.fixture
def room(tmp_path: Path) -> Path:
    (tmp_path / "slow.py").write_text(_SLOW)
    (tmp_path / "datalint.toml").write_text('plugins = ["slow.py"]\n')
    return tmp_path


def arguments(data: Path, *more: str, program: str = _PROGRAM, jobs: int = 2) -> tuple[str, ...]:
    command = (sys.executable, "-c", program + "main()", "check", str(data))
    return (*command, "--select", "FMT001", "--output-format", "concise", "--jobs", str(jobs), *more)


def surroundings(room: Path) -> Mapping[str, str]:
    return environment({"DATALINT_NO_CACHE": "", "XDG_CACHE_HOME": str(room / "home"), "TMPDIR": str(room)})


@contextlib.contextmanager
def started(command: tuple[str, ...], room: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Start a run as a group of its own, and leave nothing of it behind."""
    with subprocess.Popen(
        command,
        cwd=room,
        env=surroundings(room),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        try:
            yield process
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


def finished(command: tuple[str, ...], room: Path, limit: int | None = None) -> tuple[int, bytes, str]:
    """Run to the end; ``limit`` is the most blocks that a file may have, as on a disk that is full."""
    if limit is not None:
        # -B: Python would leave modules behind that were compiled in part.
        command = ("sh", "-c", 'ulimit -f "$0" && exec "$@"', str(limit), command[0], "-B", *command[1:])
    done = subprocess.run(command, cwd=room, env=surroundings(room), capture_output=True, timeout=PATIENCE, check=False)
    return done.returncode, done.stdout, done.stderr.decode()


def wait_for(what: Callable[[], object]) -> None:
    """Wait until a function is true."""
    ends = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < ends
        time.sleep(0.01)


def is_gone(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return True
    return False


def chunks(room: Path) -> list[Path]:
    return [path for path in room.glob(".datalint_cache/v*/chunks/*") if not path.name.startswith(".")]


def count(data: Path) -> int:
    (source,) = open_sources([str(data)], chunk_bytes=_CHUNK)
    return len(list(source.chunks(0)))


def test_the_death_of_a_worker_is_told_with_its_chunk_and_ends_the_run(room: Path, data: Path) -> None:
    options = ("--config", "datalint.toml", "--extend-select", "slow", "--allow-local-plugins")
    with started(arguments(data, *options), room) as process:
        wait_for(lambda: process.poll() is not None or ((room / "worker").is_file() and (room / "worker").read_text()))
        os.kill(int((room / "worker").read_text()), signal.SIGKILL)
        output, error = process.communicate(timeout=PATIENCE)
        wait_for(lambda: is_gone(process.pid))
    assert process.returncode == 2
    assert output == b""
    pattern = r"error: worker 1 \(process \d+\) died while it read chunk 1 of .*train\.jsonl: killed by SIGKILL"
    assert re.match(pattern, error.decode())
    assert "--jobs 1" in error.decode()


def test_workers_end_with_the_process_that_started_them(room: Path, data: Path, plain: tuple[int, bytes, str]) -> None:
    with started(arguments(data, "--isolated", program=_PROGRAM + _STOPPING), room) as process:
        wait_for(lambda: process.poll() is not None or chunks(room))
        assert process.poll() is None
        process.kill()
        process.wait(PATIENCE)
        wait_for(lambda: is_gone(process.pid))
    assert finished(arguments(data, "--isolated", jobs=1), room) == plain
    assert len(chunks(room)) == count(data)
    assert not list(room.glob("datalint-*"))


def test_a_full_disk_costs_a_warning_and_nothing_else(room: Path, data: Path, plain: tuple[int, bytes, str]) -> None:
    command = arguments(data, "--isolated")
    code, output, error = finished(command, room, limit=1)
    assert (code, output) == plain[:2]
    assert re.fullmatch(r"warning: .*\.datalint_cache can't keep the cache: .*\n", error)
    # What follows says nothing of workers, which take most of the time.
    alone = arguments(data, "--isolated", jobs=1)
    assert finished((*alone, "--quiet"), room, limit=0) == (code, b"", "")
    assert not list(room.glob(".datalint_cache/v*/*/*"))
    assert finished(alone, room) == plain


def test_two_runs_at_once_are_both_right(room: Path, data: Path, plain: tuple[int, bytes, str]) -> None:
    command = arguments(data, "--isolated")
    with started(command, room) as one, started(command, room) as other:
        for process in (one, other):
            output, error = process.communicate(timeout=PATIENCE)
            assert (process.returncode, output, error.decode()) == plain
    # Its chunks and a report, each whole.
    kinds = [path.parent.name for path in room.glob(".datalint_cache/v*/*/*")]
    assert sorted(kinds) == [*["chunks"] * count(data), "reports"]
    assert finished(command, room) == plain


def test_no_process_imports_from_the_working_folder(room: Path, data: Path, plain: tuple[int, bytes, str]) -> None:
    for name in ("multiprocessing", "numba", "pickle", "signal"):
        (room / f"{name}.py").write_text("open('ran', 'w').close()\n")
    # As the installed command does, which has the folder that it lies in for a working folder on the path.
    command = arguments(data, "--isolated", "--no-cache", program="import sys; sys.path.pop(0)" + _PROGRAM)
    assert finished(command, room) == plain
    assert not (room / "ran").exists()

"""Ctrl-C is one line and exit code 130, whatever the command does at the moment; no process outlives the command."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cli_runs import COMMAND, FIXTURES, PATIENCE, environment, run_program

pytestmark = [
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs POSIX signals and /proc"),
    pytest.mark.usefixtures("interruptible"),
]

_ROW = (
    b'{"prompt": "Where is the next station?", "completion": "Two corners further, by the old brewery, number %d."}\n'
)
#: Bytes from which workers are started: four chunks of at most 14 MiB.
_MANY = 60 << 20


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("many") / "train.jsonl"
    path.write_bytes(b"".join(_ROW % number for number in range(1000)) * (_MANY // (1000 * len(_ROW))))
    return path


def session(leader: int) -> list[int]:
    """Return the processes of a session, but for those that have ended and are not waited for."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            # One system call, because a machine may have thousands of processes.
            if os.getsid(int(folder.name)) != leader:
                continue
            state = (folder / "stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            continue
        if state != "Z":
            found.append(int(folder.name))
    return found


def until(done: Callable[[], bool]) -> None:
    ends = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < ends
        time.sleep(0.01)


@pytest.fixture
def started(rows: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A run whose workers are just being started."""
    with subprocess.Popen(
        (*COMMAND, "check", "--isolated", "--jobs", "3", str(rows)),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=FIXTURES,
        env=environment(),
        start_new_session=True,
    ) as process:
        # The command, the process that multiprocessing starts for itself, and a worker.
        until(lambda: len(session(process.pid)) >= 3)
        yield process
        until(lambda: not session(process.pid))


@pytest.mark.parametrize("after", [0.0, 0.1])
@pytest.mark.parametrize(
    ("number", "code", "said"),
    [(signal.SIGINT, 130, b"interrupted\n"), (signal.SIGTERM, -signal.SIGTERM, b"")],
    ids=["SIGINT", "SIGTERM"],
)
def test_a_signal_while_workers_start_is_quiet(
    started: subprocess.Popen[bytes], number: signal.Signals, code: int, said: bytes, after: float
) -> None:
    time.sleep(after)
    os.killpg(started.pid, number)
    assert started.communicate(timeout=PATIENCE) == (b"", said)
    assert started.returncode == code


#: What the command does first of all.
_CATCH = """
import signal
from datalint.support.interrupts import catch_interrupts
catch_interrupts()
"""


def ran(program: str, *arguments: str) -> tuple[int, str, str]:
    done = run_program(program, *arguments)
    return done.returncode, done.stdout, done.stderr


def test_an_interrupt_that_python_would_drop_ends_the_process() -> None:
    program = """
class Odd:
    def __del__(self):
        signal.raise_signal(signal.SIGINT)
Odd()
print("went on")
"""
    assert ran(_CATCH + program) == (130, "", "interrupted\n")


def test_what_must_be_finished_is_finished_first(tmp_path: Path) -> None:
    path = tmp_path / "decoded.tmp"
    path.touch()
    program = f"""
from datalint.support.interrupts import Deferred, temporary_files
temporary_files.add({str(path)!r})
with Deferred():
    signal.raise_signal(signal.SIGINT)
    print("finished", flush=True)
print("went on", flush=True)
"""
    assert ran(_CATCH + program) == (130, "finished\n", "interrupted\n")
    assert not path.exists()


@pytest.mark.parametrize("instead", ["raise ValueError", "pass"])
def test_an_interrupt_that_a_library_takes_for_something_else_is_one(instead: str) -> None:
    program = f"""
import signal
from datalint.__main__ import main
from datalint.core.registry import Registry
def load(self, load=Registry.load_builtin):
    try:
        signal.raise_signal(signal.SIGINT)
    except KeyboardInterrupt:
        {instead}
    load(self)
Registry.load_builtin = load
main()
"""
    code, _, error = ran(program, "rules")
    assert (code, error) == (130, "interrupted\n")


def test_an_interrupt_in_an_import_is_quiet(tmp_path: Path) -> None:
    (tmp_path / "click.py").write_text("import signal\nsignal.raise_signal(signal.SIGINT)\n")
    program = f"import sys\nsys.path.insert(0, {str(tmp_path)!r})\nfrom datalint.__main__ import main\nmain()"
    assert ran(program, "--help") == (130, "", "interrupted\n")


def test_an_interrupt_after_the_report_changes_nothing() -> None:
    program = """
import atexit, signal
from datalint.__main__ import main
atexit.register(signal.raise_signal, signal.SIGINT)
main()
"""
    code, output, error = ran(program, "--version")
    assert (code, error) == (0, "")
    assert output.startswith("datalint ")


def test_what_a_shell_starts_in_the_background_goes_on() -> None:
    program = """
import signal
signal.signal(signal.SIGINT, signal.SIG_IGN)
from datalint.core.registry import Registry
Registry.load_builtin = lambda self, load=Registry.load_builtin: (signal.raise_signal(signal.SIGINT), load(self))
from datalint.__main__ import main
main()
"""
    code, _, error = ran(program, "rule", "FMT001")
    assert (code, error) == (0, "")

"""Runs of the whole command: in a process of its own, as a shell would see it, or faster in this one."""

from __future__ import annotations

import contextlib
import io
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol
from unittest import mock

import pytest

from datalint.cli import main

FIXTURES = Path(__file__).parents[2] / "fixtures"
COMMAND = (sys.executable, "-m", "datalint")
#: Far beyond what any run here takes, so that a hang fails instead of blocking.
PATIENCE = 120


@dataclass(frozen=True, slots=True)
class Ran:
    """What a process left behind."""

    code: int
    output: bytes
    error: str

    @property
    def text(self) -> str:
        return self.output.decode()


class Run(Protocol):
    def __call__(
        self,
        *arguments: str,
        stdin: bytes = b"",
        cwd: Path = FIXTURES,
        env: Mapping[str, str] | None = None,
        apart: bool = False,
    ) -> Ran: ...


def environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return this process's environment without what would change a report."""
    unwanted = ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "CI", "PRE_COMMIT", "GITHUB_ACTIONS", "PYTHONUNBUFFERED")
    kept = {key: value for key, value in os.environ.items() if key not in unwanted}
    plain = {name: value for name, value in kept.items() if not name.startswith("DATALINT_")}
    return plain | {"DATALINT_NO_CACHE": "1"} | dict(extra or {})


def run_program(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a Python program in a process of its own, among the fixtures."""
    return subprocess.run(
        (sys.executable, "-c", program, *arguments),
        capture_output=True,
        text=True,
        cwd=FIXTURES,
        env=environment(),
        timeout=PATIENCE,
        check=False,
    )


@cache
def _apart(arguments: tuple[str, ...], stdin: bytes, cwd: Path, env: tuple[tuple[str, str], ...]) -> Ran:
    done = subprocess.run(
        (*COMMAND, *arguments),
        input=stdin,
        capture_output=True,
        cwd=cwd,
        env=environment(dict(env)),
        timeout=PATIENCE,
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr.decode())


@cache
def _here(arguments: tuple[str, ...], stdin: bytes, cwd: Path, env: tuple[tuple[str, str], ...]) -> Ran:
    return run_here(*arguments, stdin=stdin, cwd=cwd, env=dict(env))


def run_here(*arguments: str, cwd: Path, stdin: bytes = b"", env: Mapping[str, str] | None = None) -> Ran:
    """Run ``datalint`` in this process; unlike the fixture ``run``, equal calls run again."""
    output, error = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    with contextlib.ExitStack() as stack:
        stack.enter_context(mock.patch.dict(os.environ, environment(env), clear=True))
        stack.enter_context(mock.patch.object(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8")))
        stack.enter_context(contextlib.chdir(cwd))
        stack.enter_context(contextlib.redirect_stdout(output))
        stack.enter_context(contextlib.redirect_stderr(error))
        try:
            main(arguments)
        except SystemExit as done:
            code = int(done.code or 0)
    return Ran(code, _written(output), _written(error).decode())


def _written(stream: io.TextIOWrapper) -> bytes:
    stream.flush()
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue()


@pytest.fixture(scope="session")
def few(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The path of a file with the first 60 rows of a good dataset, for what needs no more."""
    rows = (FIXTURES / "good" / "train.jsonl").read_bytes().splitlines(keepends=True)
    path = tmp_path_factory.mktemp("few") / "train.jsonl"
    path.write_bytes(b"".join(rows[:60]))
    return str(path)


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Start processes with SIGINT as a terminal has it: where it is ignored here, they would ignore it too."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture(scope="session")
def run() -> Run:
    """Return a function that runs ``datalint`` in ``fixtures/``; equal calls run once.

    ``apart`` runs it in a process of its own, for what Python or a library reads once in a process.
    """

    def call(
        *arguments: str,
        stdin: bytes = b"",
        cwd: Path = FIXTURES,
        env: Mapping[str, str] | None = None,
        apart: bool = False,
    ) -> Ran:
        items = tuple(sorted((env or {}).items()))
        return (_apart if apart else _here)(arguments, stdin, cwd, items)

    return call

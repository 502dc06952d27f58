"""Run the action's scripts as its steps run them, and read what the runner would of it."""

from __future__ import annotations

import contextlib
import importlib.util
import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any, Final
from unittest import mock

import pytest

from datalint.cli import main

ROOT: Final = Path(__file__).parent.parent.parent
#: Variables of GitHub's API, for tests that have a server.
API: dict[str, str] = {}


def module(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"action_{name}", ROOT / "action" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    found = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = found
    with mock.patch.object(sys, "path", [*sys.path]):
        spec.loader.exec_module(found)
    for sibling in ("base", "comment", "workflow"):
        sys.modules.pop(sibling, None)
    return found


#: The script of the step that checks.
SCRIPT: Final = module("run")


@dataclass(frozen=True, slots=True)
class Step:
    """What a step did: ``commands`` are the lines that the runner obeys, but for the fold around the findings."""

    code: int
    log: str
    outputs: dict[str, str]
    summary: str

    @property
    def commands(self) -> list[str]:
        return [line for line in obeyed(self.log) if line not in ("::group::findings", "::endgroup::")]


def obeyed(log: str) -> list[str]:
    """Return the lines of a log that the runner takes for commands (actions/runner, ActionCommand.cs)."""
    token, found = None, []
    for line in re.split("\r\n|\n|\r", log):
        if token is not None:
            token = None if line.strip() == f"::{token}::" else token
        elif line.strip().startswith("::stop-commands::"):
            token = line.strip().removeprefix("::stop-commands::")
        elif line.strip().startswith("::") or "##[" in line:
            found.append(line)
    assert token is None, "commands stay off after the step"
    return found


def values(text: str) -> dict[str, str]:
    """Read a file of outputs as the runner does."""
    found, lines = {}, iter(text.split("\n"))
    for line in lines:
        if line:
            name, _, delimiter = line.partition("<<")
            value: list[str] = []
            for each in lines:
                if each == delimiter:
                    break
                value.append(each)
            found[name] = "\n".join(value)
    return found


def _checked_out(folder: Path) -> str:
    """Return the commit that a runner says it checked out."""
    done = subprocess.run(["git", "rev-parse", "HEAD"], cwd=folder, capture_output=True, encoding="utf-8", check=True)
    return done.stdout.strip()


def act(
    folder: Path,
    /,
    *,
    event: dict[str, Any] | None = None,
    ref: str = "",
    summary: str = "",
    apart: bool = False,
    **inputs: str,
) -> Step:
    """Run the step that checks, in a workspace; ``apart`` as GitHub does, in processes, which take far longer."""
    runner = folder.parent / f"{folder.name}-runner"
    runner.mkdir(exist_ok=True)
    (runner / "event.json").write_text(json.dumps(event or {}), encoding="utf-8")
    (runner / "summary").write_text(summary, encoding="utf-8")
    (runner / "output").write_text("", encoding="utf-8")
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("GITHUB_", "INPUT_", "GIT_"))
    }
    environment |= {
        "CI": "true",
        "GITHUB_ACTIONS": "true",
        "GITHUB_ACTION_PATH": str(ROOT),
        "GITHUB_EVENT_PATH": str(runner / "event.json"),
        "GITHUB_OUTPUT": str(runner / "output"),
        "GITHUB_REF": ref,
        "GITHUB_SHA": _checked_out(folder) if ref else "",
        "GITHUB_STEP_SUMMARY": str(runner / "summary"),
        "GITHUB_WORKSPACE": str(folder),
        "RUNNER_TEMP": str(runner),
        "DATALINT_COMMAND": shutil.which("datalint", path=str(Path(sys.executable).parent)) or "datalint",
    }
    environment |= API
    environment |= {f"INPUT_{name.upper()}": value for name, value in inputs.items()}
    code, output, error = (_apart if apart else _here)(folder, environment)
    assert error == b""
    return Step(
        code,
        output.decode("utf-8"),
        values((runner / "output").read_text(encoding="utf-8")),
        (runner / "summary").read_text(encoding="utf-8"),
    )


def _apart(folder: Path, environment: dict[str, str]) -> tuple[int, bytes, bytes]:
    """Run the script, and the command that it starts, in processes of their own."""
    done = subprocess.run(
        [sys.executable, "-I", str(ROOT / "action" / "run.py")],
        cwd=folder, env=environment, capture_output=True, timeout=120, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


def _here(folder: Path, environment: dict[str, str]) -> tuple[int, bytes, bytes]:
    """Run the script, and the command that it starts, in this process, which has imported everything already."""
    with mock.patch.object(SCRIPT, "subprocess", SimpleNamespace(run=_command)), contextlib.chdir(folder):
        return captured(SCRIPT.main, environment)


def _command(
    command: list[str], *, env: dict[str, str], capture_output: bool, check: bool
) -> subprocess.CompletedProcess[bytes]:
    """Run ``datalint`` in the place of ``subprocess.run``."""
    assert (Path(command[0]).stem, capture_output, check) == ("datalint", True, False)
    assert [name for name in env if name.startswith("INPUT_") or name == "PYTHONPATH"] == []
    return subprocess.CompletedProcess(command, *captured(lambda: main(command[1:]), env))


def captured(program: Callable[[], object], environment: Mapping[str, str]) -> tuple[int, bytes, bytes]:
    """Run a program that ends with SystemExit; return its exit code, and what it wrote to its output and errors."""
    buffers = io.BytesIO(), io.BytesIO()
    output, error = (io.TextIOWrapper(buffer, encoding="utf-8", write_through=True) for buffer in buffers)
    with (
        mock.patch.dict(os.environ, environment, clear=True),
        contextlib.redirect_stdout(output),
        contextlib.redirect_stderr(error),
        pytest.raises(SystemExit) as ended,
    ):
        program()
    return int(ended.value.code or 0), buffers[0].getvalue(), buffers[1].getvalue()

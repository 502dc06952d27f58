"""Transcripts: ``console`` blocks whose commands run, so that what a page shows is what the command prints.

A block holds ``$ datalint …`` lines, each with what it prints below it; ``< FILE`` gives standard input. A line ``…``
stands for lines left out. ``$ echo $?`` prints the exit code of the command before, ``$ cat FILE`` a file.
A block with ``title="FILE"`` puts the file into the folder where the commands below it run, beside ``fixtures/``.
"""

from __future__ import annotations

import contextlib
import io
import os
import shlex
import shutil
import sys
import tempfile
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from unittest import mock

from fences import ROOT, Fence, fences

_ELLIPSIS: Final = "…"
_PROMPT: Final = "$ "
_CRASHED: Final = "datalint itself failed"
#: What changes a report's width or colours.
_UNSET: Final = ("COLUMNS", "NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE")


@contextlib.contextmanager
def sandbox(*files: Fence) -> Iterator[Path]:
    """Enter a folder with a copy of the fixtures and the files that blocks show."""
    with tempfile.TemporaryDirectory(prefix="datalint-docs-") as name:
        folder = Path(name)
        shutil.copytree(ROOT / "fixtures", folder / "fixtures", ignore=shutil.ignore_patterns("*.py", "material"))
        for fence in files:
            put(fence, folder)
        environment = {name: value for name, value in os.environ.items() if name not in _UNSET}
        with contextlib.chdir(folder), mock.patch.dict(os.environ, environment, clear=True):
            yield folder


def put(fence: Fence, folder: Path) -> None:
    """Write the file that a block shows, if it shows one."""
    if fence.title:
        path = folder / fence.title
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(fence.body, encoding="utf-8")


def run(arguments: list[str], given: bytes = b"") -> tuple[int, str]:
    """Run ``datalint`` with ``arguments``; return its exit code and what it prints to both streams."""
    from datalint.cli import main

    data = io.BytesIO()
    out = io.TextIOWrapper(data, encoding="utf-8", newline="", write_through=True)
    code: object = None
    with (
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(out),
        mock.patch.object(sys, "stdin", io.TextIOWrapper(io.BytesIO(given))),
        warnings.catch_warnings(),
    ):
        # As the interpreter has it where nobody asks for warnings.
        warnings.simplefilter("ignore", DeprecationWarning)
        try:
            main(arguments)
        except SystemExit as end:
            code = end.code
    return code if isinstance(code, int) else 0, data.getvalue().decode()


@dataclass(slots=True)
class Session:
    """Runs the commands of one page, in its sandbox."""

    code: int = 0

    def output(self, command: str) -> list[str]:
        """Return the lines that a command prints, without spaces at their ends.

        Raises:
            ValueError: for a command that a transcript cannot hold.
            RuntimeError: when datalint breaks, which no page may show.
        """
        words = shlex.split(command)
        if command == "echo $?":
            return [str(self.code)]
        if words[0] == "cat" and len(words) == 2:
            text = Path(words[1]).read_text(encoding="utf-8")
        elif words[0] == "datalint":
            given = b""
            if "<" in words:
                *words, _, name = words
                given = Path(name).read_bytes()
            self.code, text = run(words[1:], given)
            if _CRASHED in text:
                raise RuntimeError(f"{command}: {text.strip()}")
        else:
            raise ValueError(f"a console block cannot run {command!r}")
        lines = [line.rstrip() for line in text.splitlines()]
        while lines and not lines[-1]:
            lines.pop()
        return lines


def refreshed(text: str) -> str:
    """Return a page with the output of every command as it is now."""
    blocks = list(fences(text))
    if not any(fence.language == "console" for fence in blocks):
        return text
    pieces, done = [], 0
    with sandbox() as folder:
        session = Session()
        for fence in blocks:
            put(fence, folder)
            if fence.language == "console":
                pieces += (text[done : fence.start], _transcript(fence, session))
                done = fence.end
    return "".join([*pieces, text[done:]])


def _transcript(fence: Fence, session: Session) -> str:
    lines: list[str] = []
    for command, shown in _commands(fence):
        lines += (f"{_PROMPT}{command}", *_elided(session.output(command), shown))
    return "".join(f"{line}\n" for line in lines)


def _commands(fence: Fence) -> Iterator[tuple[str, list[str]]]:
    command, shown = "", []
    for line in fence.body.splitlines():
        if line.startswith(_PROMPT):
            if command:
                yield command, shown
            command, shown = line.removeprefix(_PROMPT), []
        elif not command:
            raise ValueError(f"line {fence.line}: a console block begins with {_PROMPT!r}")
        else:
            shown.append(line)
    yield command, shown


def _elided(lines: list[str], shown: list[str]) -> list[str]:
    """Leave out of ``lines`` what ``shown`` leaves out: as many stay before and after its ``…``."""
    if _ELLIPSIS not in shown:
        return lines
    before = shown.index(_ELLIPSIS)
    after = len(shown) - before - 1
    if len(lines) <= before + after:
        return lines
    return [*lines[:before], _ELLIPSIS, *lines[len(lines) - after :]]

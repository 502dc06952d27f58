"""Checkouts as an attacker would prepare them, and a program whose run leaves a mark."""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from datalint.cli import main

ROOT = Path(__file__).parent.parent.parent
LINE = '{"prompt": "What opens a dock?", "completion": "The card that came with the contract."}\n'


@dataclass(frozen=True, slots=True)
class Mark:
    """A program at ``program`` that creates the file ``path``."""

    program: Path
    path: Path

    @classmethod
    def below(cls, folder: Path) -> Mark:
        folder.mkdir(parents=True, exist_ok=True)
        mark = cls(folder / "program", folder / "ran")
        mark.program.write_text(f'#!/bin/sh\necho "$0 $*" >> "{mark.path}"\nexit 1\n', encoding="utf-8")
        mark.program.chmod(0o755)
        return mark

    @property
    def ran(self) -> str:
        """What the program was called with, empty if it never ran."""
        return self.path.read_text(encoding="utf-8") if self.path.exists() else ""


class Checkout:
    """A git repository in a folder, with nobody's settings but its own."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.mkdir(parents=True, exist_ok=True)
        if not (path / ".git").exists():
            self.git("init", "-q", "-b", "main")

    def git(self, *arguments: str) -> str:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        environment |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
        who = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "core.autocrlf=false")
        done = subprocess.run(
            ("git", *who, *arguments), cwd=self.path, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def write(self, name: str, text: str) -> Path:
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        return path

    def link(self, name: str, target: str | Path) -> Path:
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.symlink_to(target)
        return path

    def commit(self, **files: str) -> str:
        """Commit everything; ``files`` are first written as ``data/NAME.jsonl``."""
        for name, text in files.items():
            self.write(f"data/{name}.jsonl", text)
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "state")
        return self.git("rev-parse", "HEAD")

    def embed(self, folder: str, mark: Mark) -> None:
        """Write a bare repository among the files, whose configuration names the program of ``mark``."""
        self.write(f"{folder}/HEAD", "ref: refs/heads/main\n")
        for name in ("objects", "refs"):
            self.write(f"{folder}/{name}/.keep", "")
        self.write(
            f"{folder}/config",
            "[core]\nrepositoryformatversion = 1\nbare = false\nworktree = .\n"
            f"sshCommand = {mark.program}\nfsmonitor = {mark.program}\n"
            '[extensions]\npartialClone = evil\n[remote "evil"]\npromisor = true\nurl = ssh://localhost/x\n',
        )


@dataclass(frozen=True, slots=True)
class Ran:
    """What the command left behind."""

    code: int
    output: str
    error: str


def run(*arguments: str, cwd: Path) -> Ran:
    """Run the command in this process, in a folder."""
    unwanted = ("GITHUB_", "INPUT_", "DATALINT_")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(unwanted)}
    environment |= {} if "--cache-dir" in arguments else {"DATALINT_NO_CACHE": "1"}
    output, error = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    with contextlib.ExitStack() as stack:
        stack.enter_context(mock.patch.dict(os.environ, environment, clear=True))
        stack.enter_context(contextlib.chdir(cwd))
        stack.enter_context(contextlib.redirect_stdout(output))
        stack.enter_context(contextlib.redirect_stderr(error))
        try:
            main(arguments)
        except SystemExit as done:
            code = int(done.code or 0)
    texts = [stream.buffer.getvalue().decode() for stream in (output, error) if isinstance(stream.buffer, io.BytesIO)]
    return Ran(code, *texts)

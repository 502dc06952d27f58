"""Two lists of rows compared as the command would, and git repositories of the tests' own."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import orjson
import pytest

from datalint.compare import Comparison
from datalint.config.load import load_settings
from datalint.core.registry import Registry
from datalint.operations.compare import run_compare
from datalint.sources import Source, open_sources

Rows = Sequence[dict[str, Any]]


@pytest.fixture(scope="session")
def comparing(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Callable[..., Comparison]]:
    """Return a function that returns ``compared`` for other settings."""
    registry = Registry.default()

    def made(**overrides: Any) -> Callable[..., Comparison]:
        # Rules of every factor; the others of quality take as long as all of these.
        overrides.setdefault("select", ("VOL", "DIV", "BAL", "FMT", "RDY", "empty-response", "null-word-response"))
        settings = load_settings(registry=registry, isolated=True, overrides=overrides)
        folder = tmp_path_factory.mktemp("compared")

        def source(name: str, rows: Rows) -> list[Source]:
            path = folder / f"{name}.jsonl"
            path.write_bytes(b"".join(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE) for row in rows))
            return open_sources([str(path)]) if rows else []

        def call(old: Rows, new: Rows, *, evaluation: tuple[Rows, Rows] = ((), ())) -> Comparison:
            before = source("old", old), source("old-eval", evaluation[0])
            after = source("new", new), source("new-eval", evaluation[1])
            return run_compare(settings, registry, before, after)

        return call

    return made


@pytest.fixture(scope="session")
def compared(comparing: Callable[..., Callable[..., Comparison]]) -> Callable[..., Comparison]:
    """Return a function that compares two files of rows, with evaluation sets or without; no rows are no file."""
    return comparing()


class Repo:
    """A git repository in a folder, with nobody's settings but its own."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.mkdir(parents=True, exist_ok=True)
        self.git("init", "-q", "-b", "main")
        self.git("config", "user.email", "ada@example.org")
        self.git("config", "user.name", "Ada")
        self.git("config", "core.autocrlf", "false")

    def git(self, *arguments: str) -> str:
        done = subprocess.run(("git", *arguments), cwd=self.path, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    def write(self, name: str, data: str | bytes) -> Path:
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return path

    def commit(self, **files: str | bytes) -> str:
        """Commit everything; ``files`` are first written as ``data/NAME.jsonl``."""
        for name, data in files.items():
            self.write(f"data/{name}.jsonl", data)
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "state")
        return self.git("rev-parse", "HEAD")


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repo:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "no-config"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    made = Repo(tmp_path / "repo")
    monkeypatch.chdir(made.path)
    return made

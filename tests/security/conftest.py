"""Fixtures of a hostile checkout."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from hostile import LINE, Checkout, Mark


@pytest.fixture
def mark(tmp_path: Path) -> Mark:
    return Mark.below(tmp_path / "mark")


@pytest.fixture(scope="session")
def committed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with one commit of ``data/train.jsonl``, which every test copies: git takes far longer."""
    made = Checkout(tmp_path_factory.mktemp("committed") / "checkout")
    made.commit(train=LINE)
    return made.path


@pytest.fixture
def checkout(committed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Checkout:
    """A repository with one commit of ``data/train.jsonl``, in the working folder."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    shutil.copytree(committed, tmp_path / "checkout", ignore=shutil.ignore_patterns("*.sample"))
    made = Checkout(tmp_path / "checkout")
    monkeypatch.chdir(made.path)
    return made

"""Fixtures of a hostile checkout."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hostile import LINE, Checkout, Mark


@pytest.fixture
def mark(tmp_path: Path) -> Mark:
    return Mark.below(tmp_path / "mark")


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Checkout:
    """A repository with one commit of ``data/train.jsonl``, in the working folder."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    made = Checkout(tmp_path / "checkout")
    made.commit(train=LINE)
    monkeypatch.chdir(made.path)
    return made

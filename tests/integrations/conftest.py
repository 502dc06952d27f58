"""A workspace as a runner has it after the checkout."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from action_runs import ROOT


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    folder = tmp_path / "workspace"
    shutil.copytree(ROOT / "fixtures", folder / "fixtures", ignore=shutil.ignore_patterns("*.py", "material"))
    return folder

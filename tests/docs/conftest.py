"""The documentation's own modules, and the pages by name."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
sys.path[:0] = [str(ROOT / "docs"), str(ROOT / ".ci")]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that asks for ``page`` once for each page that people write."""
    if "page" in metafunc.fixturenames:
        from fences import hand_written

        pages = hand_written()
        metafunc.parametrize("page", pages, ids=[page.stem for page in pages])

"""The fixtures that the tests here run the command with."""

from __future__ import annotations

from cache_runs import project
from cli_runs import few, interruptible, run

__all__ = ["few", "interruptible", "project", "run"]

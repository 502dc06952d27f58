"""The fixtures that the tests here run the command with."""

from __future__ import annotations

from cli_runs import interruptible, run

__all__ = ["interruptible", "run"]

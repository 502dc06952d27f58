"""The fixture that every test here runs the command with."""

from __future__ import annotations

from cli_runs import run

__all__ = ["run"]

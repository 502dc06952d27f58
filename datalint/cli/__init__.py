"""The command line: one file per command; :func:`main` maps outcomes to exit codes."""

from __future__ import annotations

from datalint.cli.main import main

__all__ = ["main"]

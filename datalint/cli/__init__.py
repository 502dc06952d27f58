"""The command line: one file a command; :func:`main` maps what happens to exit codes."""

from __future__ import annotations

from datalint.cli.main import main

__all__ = ["main"]

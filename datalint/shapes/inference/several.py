"""Rows that hold several examples each, so that no option reads one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from datalint.shapes.guess import Guess
from datalint.support.paired_lists import paired_lists


def are_several(guess: Guess, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Return whether the prompt and the response that were guessed are lists of those of several examples."""
    found = dict(guess.columns)
    pair = (found.get("prompt"), found.get("response"))
    return 2 * sum(paired_lists(row) == pair for row in rows) > len(rows)

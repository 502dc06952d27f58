"""The record and the problems of one line, parsed exactly."""

from __future__ import annotations

from typing import Any

from datalint.records.record import Problem
from datalint.sources.json_truth.truth import parse_exactly


def parse_line(line: bytes) -> tuple[dict[str, Any] | None, list[Problem]]:
    """Return the record in ``line``, or None if it is refused, and all problems of the line."""
    found = parse_exactly(line)
    return (None if found.refused else found.value), found.problems

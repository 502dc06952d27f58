"""Rows that a reader could not read: its own problems with them, and how many more there are than it lists."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from datalint.api import FileFacts, Hit

#: Lines that the reader lists.
_LISTED: Final = 10_000


def refused_rows(file: FileFacts, rule: str) -> Iterator[Hit]:
    """Yield the reader's problems under the name of a ``rule``, and how many it refused in addition to those listed."""
    listed = 0
    for hit in file.seen(rule):
        listed += 1
        # What is wrong with a row that was read is its line.
        yield replace(hit, row=None)
    refused = (problem for problem in file.problems if problem.record is None)
    more = file.rows_refused - sum(problem.rule != "wrong-encoding" for problem in refused)
    if listed >= _LISTED and more > 0:
        yield Hit(f"{more:,} more are refused, and not listed")

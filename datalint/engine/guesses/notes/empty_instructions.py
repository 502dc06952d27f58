"""Notes about rows whose question stands next to an instruction that is always empty."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any, Final

from datalint.shapes.base import Shape

#: Rows that are looked at, and how many there are at least.
_ROWS: Final = 100
_LEAST: Final = 10


def empty_instructions(first: Mapping[str, Any], shape: Shape, rows: Iterable[Mapping[str, Any]]) -> str:
    """Return the note on an instruction that is empty in all first rows, which have an input; empty for none."""
    if shape.name != "alpaca" or not _is_blank(first.get("instruction")):
        return ""
    some = list(islice(rows, _ROWS))
    if len(some) < _LEAST or not all(_is_blank(row.get("instruction")) and row.get("input") for row in some):
        return ""
    return (
        '"instruction" is empty, and the questions are under "input": templates that write both have nothing after '
        '"### Instruction:"; rename "input" to "instruction"'
    )


def _is_blank(value: object) -> bool:
    return isinstance(value, str) and not value.strip()

"""Note on preferences with several answers on a side, of which one is read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from datalint.shapes.base import Shape
from datalint.support.numbered_steps import are_steps
from datalint.support.text_lists import are_texts

_SIDES: Final = ("chosen", "rejected")


def further_answers(first: Mapping[str, Any], shape: Shape, rows: Iterable[Mapping[str, Any]]) -> str:
    """Return the note on the lists of answers of rows like the ``first``; empty for none."""
    if shape.name != "ranked" or not any(_answers(first, side) > 1 for side in _SIDES):
        return ""
    said = "of the answers listed in chosen and rejected, the first ones are read"
    return f"{said}; the others are checked only for empty ones and those on both sides"


def _answers(row: Mapping[str, Any], side: str) -> int:
    """Return how many answers a side has, 0 if it is no list, or one of steps."""
    value = row.get(side)
    return len(value) if are_texts(value) and not are_steps(value) else 0

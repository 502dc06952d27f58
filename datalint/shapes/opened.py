"""Rows whose texts are in objects, with a key for each of them: ``pos_answer.answer``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.guess import NESTED

#: Levels of objects, and keys of one of them, that are looked into.
_DEPTH: Final = 2
_MOST: Final = 20


def opened(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return rows with the values of their objects under dotted keys; none where no row has an object."""
    if not any(isinstance(item, dict) for row in rows for item in row.values()):
        return []
    return [_opened(row, _DEPTH) for row in rows]


def _opened(row: Mapping[str, Any], depth: int) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, item in row.items():
        if isinstance(item, dict) and 0 < len(item) <= _MOST and depth and NESTED not in key:
            inner = _opened(item, depth - 1)
            found.update((f"{key}{NESTED}{name}", value) for name, value in inner.items())
        else:
            found[key] = item
    return found

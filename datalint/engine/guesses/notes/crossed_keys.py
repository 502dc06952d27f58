"""Notes about turns with one key of each of two layouts, which few trainers read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from datalint.shapes.base import Shape
from datalint.shapes.turn_keys import CROSSED_KEYS, STANDARD_KEYS, crossed_keys


def crossed_turns(first: Mapping[str, Any], shape: Shape, rows: Iterable[Mapping[str, Any]]) -> str:
    """Return the note on the keys of the turns that are read of rows like the ``first``; empty for usual ones."""
    read = shape.turn_keys(tuple(first))
    keys = next((found for key, turns in first.items() if key in read and (found := crossed_keys(turns))), None)
    if keys is None:
        return ""
    one, other = STANDARD_KEYS if keys == CROSSED_KEYS[0] else STANDARD_KEYS[::-1]
    role, content = keys
    return (
        f'turns have "{role}" and "{content}", of two layouts: rename "{content}" to "{one[1]}", or "{role}" to '
        f'"{other[0]}", for trainers that read one of them'
    )

"""Planted defects, by the kind of data that they are planted in."""

from __future__ import annotations

from typing import Final

from benchmarks.accuracy.plants import (
    categories,
    characters,
    conversations,
    copies,
    encodings,
    json_lines,
    languages,
    markers,
    mixed,
    planning,
    private,
    rows,
    sides,
    splits,
    targets,
    texts,
    tool_calls,
    tools,
)
from benchmarks.accuracy.plants.kinds import Plant

_MODULES: Final = (
    categories,
    characters,
    conversations,
    copies,
    encodings,
    json_lines,
    languages,
    markers,
    mixed,
    planning,
    private,
    rows,
    sides,
    splits,
    targets,
    texts,
    tool_calls,
    tools,
)
PLANTS: Final[tuple[Plant, ...]] = tuple(plant for module in _MODULES for plant in module.PLANTS)

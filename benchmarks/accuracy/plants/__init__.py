"""Planted defects, by the kind of data that they are planted in."""

from __future__ import annotations

from typing import Final

from benchmarks.accuracy.plants import files, markers, rows, sets, sides, tables, texts, tools
from benchmarks.accuracy.plants.kinds import Plant

PLANTS: Final[tuple[Plant, ...]] = (
    *texts.PLANTS,
    *markers.PLANTS,
    *rows.PLANTS,
    *tools.PLANTS,
    *sides.PLANTS,
    *files.PLANTS,
    *sets.PLANTS,
    *tables.PLANTS,
)

"""Planted defects, by the kind of data that they are planted in."""

from __future__ import annotations

from typing import Final

from benchmarks.accuracy.plants import markers, rows, sides, texts, tools
from benchmarks.accuracy.plants.kinds import Plant

PLANTS: Final[tuple[Plant, ...]] = (*texts.PLANTS, *markers.PLANTS, *rows.PLANTS, *tools.PLANTS, *sides.PLANTS)

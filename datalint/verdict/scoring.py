"""A gate's score: piecewise linear between its knots."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

from datalint.config.gates import Gate


def score_of(gate: Gate, value: float, categories: int | None = None) -> float:
    """Return the score (0 to 100) of a measure's value; beyond the outer knots it stays what it is there.

    With ``scale = "log"`` the line between two knots is straight over log10 of the value.
    """
    points = gate.knots(categories)
    if value <= points[0][0]:
        return points[0][1]
    if value >= points[-1][0]:
        return points[-1][1]
    scale = math.log10 if gate.scale == "log" else float
    for (low, score), (high, next_score) in itertools.pairwise(points):
        if value <= high:
            part = (scale(value) - scale(low)) / (scale(high) - scale(low))
            return score + part * (next_score - score)
    return points[-1][1]


def formula(gate: Gate, categories: int | None = None) -> str:
    """Return the score's formula in words: ``100 at 0 %, 75 at 3 %, 50 at 10 %, 0 at 100 %, linear``."""
    from datalint.config.gates import shown

    points: Sequence[tuple[float, float]] = gate.knots(categories)
    ordered = points if gate.better == "less" else points[::-1]
    where = ", ".join(f"{score:g} at {shown(value, gate.unit)}" for value, score in ordered)
    return f"{where}; {'log-linear' if gate.scale == 'log' else 'linear'} between"

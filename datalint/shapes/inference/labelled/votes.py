"""Columns that count who gave each of several labels to a text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.sampled import SampledColumn

#: Columns from which on small numbers are votes, the highest one, and the share of zeros: most texts have few labels.
_LEAST: Final = 3
_MOST_VOTES: Final = 5
_ZEROS: Final = 0.4


def are_votes(labels: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> bool:
    """Return whether columns hold whole numbers of votes: from 0 on, in all of them, and mostly 0."""
    columns = [[_number(row.get(each.key)) for row in rows if row.get(each.key) not in (None, "")] for each in labels]
    if len(columns) < _LEAST or not all(columns):
        return False
    values = [value for column in columns for value in column]
    whole = all(value is not None and value.is_integer() and 0 <= value <= _MOST_VOTES for value in values)
    return whole and all(0 in column for column in columns) and values.count(0) >= _ZEROS * len(values)


def _number(value: object) -> float | None:
    try:
        return float(value) if isinstance(value, str | int | float) else None
    except ValueError:
        return None

"""Objects with a share for each of some labels: ``{"yes": 0.7, "no": 0.2, "unknown": 0.1}``, as soft labels are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

#: Labels, and how far from 1 the sum of their shares may be, as they are rounded.
_LABELS: Final = (2, 40)
_ROUNDED: Final = 0.02


def are_distributions(rows: Sequence[Mapping[str, Any]], key: str) -> bool:
    """Whether the values of a key are objects with the same keys in all rows, whose shares sum to 1, and differ."""
    values = [row.get(key) for row in rows]
    first = values[0] if values else None
    if not isinstance(first, dict) or not _LABELS[0] <= len(first) <= _LABELS[1]:
        return False
    if not all(isinstance(each, dict) and each.keys() == first.keys() and _sums_to_one(each) for each in values):
        return False
    return any(each != first for each in values)


def _sums_to_one(shares: Mapping[str, Any]) -> bool:
    numbers = [each for each in shares.values() if isinstance(each, int | float) and not isinstance(each, bool)]
    return len(numbers) == len(shares) and all(0 <= each <= 1 for each in numbers) and abs(sum(numbers) - 1) <= _ROUNDED

"""Number formats, the same in every message and report, and whole numbers among the values of a record."""

from __future__ import annotations

import math
from typing import TypeGuard


def is_whole(value: object) -> TypeGuard[int]:
    """Return whether a value of a record is a whole number, and not true or false."""
    return isinstance(value, int) and not isinstance(value, bool)


def percent(share: float) -> str:
    """Return a share in percent, never rounded to 0 % or 100 % unless it is exactly that."""
    value = 100 * share
    if 0 < value < 0.05:
        return "under 0.1 %"
    if 99.9 < value < 100:
        return "over 99.9 %"
    exact = 0 < value < 9.95 or 99 < value < 100
    return f"{value:.1f} %" if exact else f"{value:.0f} %"


def similar(similarity: float) -> str:
    """Return a similarity with two decimals, rounded down, so that only equal texts show 1.00."""
    return f"{math.floor(similarity * 100 + 1e-9) / 100:.2f}"


def counted(number: int, noun: str) -> str:
    """Return ``1 row``, ``1,200 rows``."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def short(number: float) -> str:
    """Return a count to two or three digits with its unit: 980, 12k, 1.4M."""
    for size, unit in ((1_000_000_000, "G"), (1_000_000, "M"), (1_000, "k")):
        if number >= size:
            value = number / size
            return f"{value:.1f}{unit}" if value < 10 else f"{value:.0f}{unit}"
    return f"{number:.0f}"

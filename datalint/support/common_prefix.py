"""The common prefix of two sequences."""

from __future__ import annotations

from collections.abc import Sequence


def common_prefix(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many characters two texts, or items two lists, begin with in common.

    By bisection, since comparing slices runs at the speed of memory.
    """
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        # What is before `low` is equal already.
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low

"""The common prefix of two texts."""

from __future__ import annotations


def common_prefix(one: str, other: str) -> int:
    """Return how many characters two texts begin with in common.

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

"""The common prefix and suffix of two texts, and the words between what they begin and end with in common."""

from __future__ import annotations

from functools import lru_cache


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


def common_suffix(one: str, other: str) -> int:
    """Return how many characters two texts end with in common, as :func:`common_prefix` does at the beginning."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[len(one) - middle : len(one) - low] == other[len(other) - middle : len(other) - low]:
            low = middle
        else:
            high = middle - 1
    return low


@lru_cache(maxsize=1)
def differing_parts(one: str, other: str) -> tuple[str, str]:
    """Return the parts of two texts between the words, as white space separates them, that both begin and end with."""
    first = common_prefix(one, other)
    least = min(len(one), len(other))
    last = min(common_suffix(one, other), least - first)
    if first < max(len(one), len(other)):
        while first and not one[first - 1].isspace():
            first -= 1
    while last and not one[len(one) - last].isspace():
        last -= 1
    return one[first : len(one) - last], other[first : len(other) - last]

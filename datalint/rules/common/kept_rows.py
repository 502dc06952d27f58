"""All rows in which something is wrong, by what it is: rows that share it take eight bytes each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import numpy as np

#: What is wrong, and the numbers of the rows as the bytes of 64-bit integers, which partials are stored with.
KeptRows = dict[tuple[Any, ...], bytes]
_NUMBER: Final = np.dtype("<i8")


def kept_rows(faults: Iterable[tuple[Any, ...]]) -> KeptRows:
    """Return all of the ``faults``, each of which begins with the number of its row."""
    found: dict[tuple[Any, ...], list[int]] = {}
    for row, *what in faults:
        found.setdefault(tuple(what), []).append(row)
    return {what: np.array(rows, _NUMBER).tobytes() for what, rows in found.items()}


def joined_rows(one: KeptRows, other: KeptRows, rows: int) -> KeptRows:
    """Join; rows of ``other`` come after the ``rows`` of ``one``."""
    joined = dict(one)
    for what, numbers in other.items():
        joined[what] = joined.get(what, b"") + (np.frombuffer(numbers, _NUMBER) + rows).tobytes()
    return joined


def count_rows(kept: KeptRows) -> int:
    """Return how many faults there are."""
    return sum(map(len, kept.values())) // _NUMBER.itemsize


def listed_rows(kept: KeptRows) -> list[tuple[Any, ...]]:
    """Return the faults in the order of their rows, as they were given."""
    return sorted((row, *what) for what, numbers in kept.items() for row in np.frombuffer(numbers, _NUMBER).tolist())

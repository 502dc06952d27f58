"""Pairs of rows in batches, so that the texts of few rows are in memory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import numpy as np

from datalint.support.distinct import distinct

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Pairs that are decided at a time.
_PAIRS: Final = 4_096


def batches(
    pairs: NDArray[np.int64], first: NDArray[np.int64], second: NDArray[np.int64]
) -> Iterator[tuple[NDArray[np.int64], list[int]]]:
    """Yield some pairs (as positions) at a time, with their rows."""
    for start in range(0, len(pairs), _PAIRS):
        some = pairs[start : start + _PAIRS]
        yield some, distinct(np.concatenate([first[some], second[some]])).tolist()

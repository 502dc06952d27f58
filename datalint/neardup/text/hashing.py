"""Hash functions with fixed constants, so that shingles are the same in every process, machine and release."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

Bytes = npt.NDArray[np.uint8]
Words = npt.NDArray[np.uint64]
Halves = npt.NDArray[np.uint32]
Rows = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

_ALL = (1 << 64) - 1
_STEP = 0x9E3779B97F4A7C15


def constant(*key: int) -> int:
    """Return an odd 64-bit number that depends only on ``key`` (splitmix64, Steele et al. 2014)."""
    state = 0
    for part in key:
        state = ((state ^ part) + _STEP) & _ALL
        state = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & _ALL
        state = ((state ^ (state >> 27)) * 0x94D049BB133111EB) & _ALL
        state ^= state >> 31
    return state | 1


def scramble64(words: Words) -> Words:
    """Mix ``words`` in place and return them: the finaliser of splitmix64, a bijection of 64-bit numbers."""
    words ^= words >> np.uint64(30)
    words *= np.uint64(0xBF58476D1CE4E5B9)
    words ^= words >> np.uint64(27)
    words *= np.uint64(0x94D049BB133111EB)
    words ^= words >> np.uint64(31)
    return words


def sum_positions(values: Words, starts: Rows, lengths: Rows, seed: int) -> Words:
    """Return one hash per run of ``values``, which depends on the values, their order and their number.

    Runs are contiguous, not empty, and begin at ``starts``; each position has its own random odd multiplier.
    """
    if not len(starts):
        return np.empty(0, np.uint64)
    within = np.arange(len(values), dtype=np.int64) - np.repeat(starts, lengths)
    multipliers = scramble64(np.arange(lengths.max(), dtype=np.uint64) + np.uint64(seed)) | np.uint64(1)
    terms = multipliers.take(within)
    terms *= values + np.uint64(1)
    sums: Words = np.add.reduceat(terms, starts)
    return scramble64(sums + lengths.astype(np.uint64) * np.uint64(constant(seed)))


def sort_runs(numbers: Words, lengths: Rows) -> None:
    """Sort each run of ``lengths`` in place: runs of a hundred numbers take a quarter of the time of one sort."""
    start = 0
    for end in np.cumsum(lengths).tolist():
        numbers[start:end].sort()
        start = end


def spread(counts: Rows) -> Rows:
    """Number the elements of each run of ``counts`` elements from 0: ``[2, 3]`` gives ``[0, 1, 0, 1, 2]``."""
    total = int(counts.sum())
    return np.arange(total, dtype=np.int64) - np.repeat(np.cumsum(counts) - counts, counts)


def portions(counts: Rows, most: int) -> Iterator[slice]:
    """Yield consecutive slices of ``counts`` that add up to at most ``most``; a larger count is a slice of its own."""
    reached = np.cumsum(counts)
    start = 0
    while start < len(counts):
        done = reached[start - 1] if start else 0
        stop = max(int(np.searchsorted(reached, done + most, side="right")), start + 1)
        yield slice(start, stop)
        start = stop

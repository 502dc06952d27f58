"""Find duplicate 64-bit numbers by sorting; faster than a hash table for a million rows."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl

_Rows = npt.NDArray[np.int64]
_Numbers = npt.NDArray[np.uint64]


def repeated(column: pl.Series) -> pl.Series:
    """Return which values of ``column`` (64-bit hashes) occur more than once; null counts as a value."""
    if column.null_count():
        return column.is_duplicated()
    numbers = column.to_numpy()
    mask = np.zeros(len(numbers), np.bool_)
    if any_alike(numbers):
        order, heads = sorted_runs(numbers)
        sizes = np.diff(heads, append=len(order))
        mask[order] = np.repeat(sizes > 1, sizes)
    return pl.Series(mask)


def frequent(numbers: _Numbers, least: int) -> npt.NDArray[np.bool_]:
    """Return the mask of the numbers that occur ``least`` times or more (at least once)."""
    ordered = np.sort(numbers)
    firsts = ordered[: max(len(ordered) - least + 1, 0)]
    often = np.unique(firsts[ordered[least - 1 :] == firsts])
    return np.isin(numbers, often) if len(often) else np.zeros(len(numbers), np.bool_)


def first_alike(numbers: _Numbers) -> _Rows:
    """Return for each number the index of its first occurrence."""
    if not any_alike(numbers):
        return np.arange(len(numbers))
    order, heads = sorted_runs(numbers)
    firsts = np.empty(len(numbers), np.int64)
    firsts[order] = np.repeat(np.minimum.reduceat(order, heads), np.diff(heads, append=len(order)))
    return firsts


def any_alike(numbers: _Numbers) -> bool:
    """Return whether any number occurs twice; a plain sort is much faster than an argsort."""
    ordered = np.sort(numbers)
    return bool((ordered[1:] == ordered[:-1]).any())


def sorted_runs(numbers: _Numbers) -> tuple[_Rows, _Rows]:
    """Return the indices that sort ``numbers`` (at least one), and where in that order each distinct number begins."""
    order = np.argsort(numbers)
    ordered = numbers[order]
    return order, np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))

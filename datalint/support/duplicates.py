"""Which numbers of a column come again: by sorting, which takes a fraction of what a table of a million hashes does."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl

_Rows = npt.NDArray[np.int64]
_Numbers = npt.NDArray[np.uint64]


def repeated(column: pl.Series) -> pl.Series:
    """Return which values of ``column``, 64-bit hashes, come more than once; null is a value like others."""
    if column.null_count():
        return column.is_duplicated()
    numbers = column.to_numpy()
    mask = np.zeros(len(numbers), np.bool_)
    if any_alike(numbers):
        order, heads = runs(numbers)
        sizes = np.diff(heads, append=len(order))
        mask[order] = np.repeat(sizes > 1, sizes)
    return pl.Series(mask)


def first_alike(numbers: _Numbers) -> _Rows:
    """Return for each of ``numbers`` the place of the first that is equal to it."""
    if not any_alike(numbers):
        return np.arange(len(numbers))
    order, heads = runs(numbers)
    firsts = np.empty(len(numbers), np.int64)
    firsts[order] = np.repeat(np.minimum.reduceat(order, heads), np.diff(heads, append=len(order)))
    return firsts


def any_alike(numbers: _Numbers) -> bool:
    """Return whether two of ``numbers`` are equal, which a sort tells much sooner than its order."""
    ordered = np.sort(numbers)
    return bool((ordered[1:] == ordered[:-1]).any())


def runs(numbers: _Numbers) -> tuple[_Rows, _Rows]:
    """Return the places of ``numbers``, at least one, in their order, and where in it each other number begins."""
    order = np.argsort(numbers)
    ordered = numbers[order]
    return order, np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))

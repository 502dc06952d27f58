"""Find duplicate 64-bit numbers by sorting; faster than a hash table for a million rows."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl

from datalint.support.sorting import sorted_numbers

_Rows = npt.NDArray[np.int64]
_Numbers = npt.NDArray[np.uint64]

# Numbers from which on a hash table of some of them is worth its fixed cost, and the share of repeats, one in so many,
# from which on all are sorted.
_MANY = 4_096
_SHARE = 4


def repeated(column: pl.Series) -> pl.Series:
    """Return which values of ``column`` (64-bit hashes) occur more than once; null counts as a value."""
    if column.null_count():
        return column.is_duplicated()
    return pl.Series(_among(column.to_numpy(), _repeats(column.to_numpy())))


def count_repeated(numbers: _Numbers) -> int:
    """Return how many of the numbers occur more than once."""
    again = _repeats(numbers)
    # A number that occurs n times is n - 1 times among them.
    return len(again) + int(np.count_nonzero(again[1:] != again[:-1])) + min(len(again), 1)


def frequent(numbers: _Numbers, *least: int) -> list[npt.NDArray[np.bool_]]:
    """Return a mask of the numbers that occur ``least`` times or more (at least once), for each of ``least``."""
    ordered = sorted_numbers(numbers)
    firsts = [ordered[: max(len(ordered) - times + 1, 0)] for times in least]
    return [_among(numbers, first[ordered[times - 1 :] == first]) for times, first in zip(least, firsts, strict=True)]


def has_more(column: pl.Series, most: int) -> bool:
    """Return whether ``column`` has more than ``most`` different values, by its first rows where these show it."""
    head = max(2 * most, _MANY)
    return (2 * head < len(column) and column.head(head).n_unique() > most) or column.n_unique() > most


def first_alike(numbers: _Numbers) -> _Rows:
    """Return for each number the index of its first occurrence."""
    firsts = np.arange(len(numbers))
    again = _repeats(numbers)
    if not len(again):
        return firsts
    # A plain sort is much faster than an argsort, which only the numbers need that are not alone.
    few = len(numbers) >= _MANY and len(again) * _SHARE < len(numbers)
    rows = np.flatnonzero(_among(numbers, again)) if few else firsts
    order, heads = sorted_runs(numbers[rows])
    order = rows[order]
    firsts[order] = np.repeat(np.minimum.reduceat(order, heads), np.diff(heads, append=len(order)))
    return firsts


def _repeats(numbers: _Numbers) -> _Numbers:
    """Return the numbers that occur more than once in ascending order, each one time less than it occurs."""
    ordered = sorted_numbers(numbers)
    again: _Numbers = ordered[1:][ordered[1:] == ordered[:-1]]
    return again


def _among(numbers: _Numbers, some: _Numbers) -> npt.NDArray[np.bool_]:
    """Return which of the numbers are among ``some``."""
    if len(numbers) < _MANY:
        return np.isin(numbers, some)
    if not len(some):
        return np.zeros(len(numbers), np.bool_)
    found: npt.NDArray[np.bool_] = pl.Series(numbers).is_in(pl.Series(some).implode()).to_numpy()
    return found


def sorted_runs(numbers: _Numbers) -> tuple[_Rows, _Rows]:
    """Return the indices that sort ``numbers`` (at least one), and where in that order each distinct number begins."""
    order = np.argsort(numbers)
    ordered = numbers[order]
    return order, np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))

"""Sorting of arrays of numbers, few and many."""

from __future__ import annotations

import numpy as np
import pytest

from datalint.support.sorting import sorted_numbers


@pytest.mark.parametrize("size", [0, 1, 2, 4_095, 4_096, 50_000])
@pytest.mark.parametrize("kind", [np.uint64, np.int64, np.uint32, np.uint8])
def test_sorts_as_numpy_does(size: int, kind: type[np.generic]) -> None:
    """Few numbers and many, over the whole range of their type, come in the order of ``np.sort``."""
    limits = np.iinfo(kind)  # type: ignore[arg-type]
    numbers = np.random.default_rng(size).integers(limits.min, limits.max, size, kind, endpoint=True)  # type: ignore[arg-type]
    before = numbers.copy()
    ordered = sorted_numbers(numbers)
    assert ordered.dtype == kind
    assert np.array_equal(ordered, np.sort(numbers))
    assert np.array_equal(numbers, before)


def test_sorts_parts_of_arrays() -> None:
    """An array that is not contiguous, and one that must not be written, are sorted as well."""
    numbers = np.arange(20_000, 0, -1)
    numbers.setflags(write=False)
    assert sorted_numbers(numbers[::2]).tolist() == sorted(numbers[::2].tolist())

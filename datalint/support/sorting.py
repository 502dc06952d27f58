"""Sort an array of numbers with numpy, or with Polars where numpy lacks vector instructions and takes far longer."""

from __future__ import annotations

from typing import Any, Final, TypeVar

import numpy as np
import numpy.typing as npt

try:
    from numpy._core._multiarray_umath import __cpu_features__ as _features  # type: ignore[import-not-found]
except ImportError:  # of another version of numpy, in which private names may have moved
    _features = {}

_Numbers = TypeVar("_Numbers", bound=npt.NDArray[Any])

#: Whether numpy sorts integers of four and eight bytes with vector instructions, which takes a third of the time that
#: Polars takes. Without them, it takes three times as long as Polars.
_HAS_VECTORS: Final = bool(_features.get("AVX2"))
_BYTES: Final = (4, 8)
#: Numbers from which on Polars takes less time than numpy without vector instructions.
_MANY: Final = 4_096


def sorted_numbers(numbers: _Numbers) -> _Numbers:
    """Return the integers of a one-dimensional array in ascending order; the result may be read-only."""
    if len(numbers) < _MANY or (_HAS_VECTORS and numbers.itemsize in _BYTES):
        return np.sort(numbers)  # type: ignore[return-value]
    # Not loaded with this module, which is imported before input is read: once it is loaded, Ctrl-C does not interrupt
    # a process that waits for a stream.
    import polars as pl

    # In this thread alone: several threads take twice the CPU, and other processes or threads are busy mostly.
    ordered: _Numbers = pl.Series(numbers).sort(multithreaded=False).to_numpy()  # type: ignore[assignment]
    return ordered

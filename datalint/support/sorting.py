"""Sort an array of numbers with Polars, which takes a third of the time of numpy's sort on many processors."""

from __future__ import annotations

from typing import Any, Final, TypeVar

import numpy as np
import numpy.typing as npt

_Numbers = TypeVar("_Numbers", bound=npt.NDArray[Any])

#: Numbers from which on Polars takes less time.
_MANY: Final = 4_096


def sorted_numbers(numbers: _Numbers) -> _Numbers:
    """Return the integers of a one-dimensional array in ascending order; the result may be read-only."""
    if len(numbers) < _MANY:
        return np.sort(numbers)  # type: ignore[return-value]
    # Not loaded with this module, which is imported before input is read: once it is loaded, Ctrl-C does not interrupt
    # a process that waits for a stream.
    import polars as pl

    # In this thread alone: several threads take twice the CPU, and other processes or threads are busy mostly.
    ordered: _Numbers = pl.Series(numbers).sort(multithreaded=False).to_numpy()  # type: ignore[assignment]
    return ordered

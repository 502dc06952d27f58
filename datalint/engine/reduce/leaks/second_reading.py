"""A second reading of the training rows, for analyses that compare their texts with those of a smaller set.

No text remains of the map half. What is compared with an evaluation set or a benchmark of any kind needs every training
text once more: all such analyses of a run share one pass, in blocks of rows that depend on the rows alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from datalint.engine.execute.row_reader import Reader

#: Characters, and rows, that are read at a time.
_CHARS: Final = 4_000_000
_ROWS: Final = 8_192


class Scan(Protocol):
    """An analysis that reads every row once."""

    def take(self, start: int, examples: pl.DataFrame) -> None:
        """Read the rows from ``start`` on; ``examples`` has the columns of :class:`~datalint.core.columns.Examples`."""


def read_again(reader: Reader, examples: pl.DataFrame, scans: Sequence[Scan]) -> None:
    """Give the texts of all rows of ``examples`` to each of ``scans``, block by block."""
    if not scans or not examples.height:
        return
    chars = examples.select(pl.sum_horizontal("prompt_chars", "response_chars").cast(pl.Int64)).to_series()
    ends = chars.cum_sum().to_numpy()
    start, read = 0, 0
    while start < examples.height:
        stop = int(np.searchsorted(ends, read + _CHARS, side="right"))
        stop = min(max(stop, start + 1), start + _ROWS, examples.height)
        block = reader.examples(np.arange(start, stop))
        for scan in scans:
            scan.take(start, block)
        start, read = stop, int(ends[stop - 1])

"""Fast similarity sketching with numpy: throw shingles into bins until no bin is empty, many rows at a time."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from datalint.neardup.text.hashing import Halves, Mask, Rows, constant, portions
from datalint.support.distinct import distinct
from datalint.support.named_tuple import NamedTuple

#: Bins of a signature (benchmarks/accuracy.py: 32 bands of 4 find 137,736 of 137,738 pairs with J ≥ 0.7, in 83 files).
BINS = 128
#: The number of bits of a hash that choose the bin, of the bits below them, and the value of an empty bin.
BIN_BITS = np.uint32(7)
VALUE_BITS = np.uint32(25)
VALUE = np.uint32((1 << 25) - 1)
EMPTY = np.uint32(0xFFFFFFFF)
#: How often all shingles are thrown before each empty bin takes the minimum of its own hash function. This number
#: causes the least work for texts of 10 to 50 shingles.
THROWS = 24
#: The multipliers of a hash: one per throw, followed by one per bin for bins that take their own minimum.
MULTIPLIERS = np.array([constant(20, throw) & 0xFFFFFFFF for throw in range(THROWS + BINS)], np.uint32)
# Shingles that are thrown at a time, so that temporaries stay in the CPU cache.
_BATCH = 1 << 16
#: Varied texts longer than this leave no bin empty (128 · exp(-2048/128) = 1e-5 bins); repetitive ones do.
VARIED = 2048


class Bins:
    """The bins of rows, ``minima`` (rows, 128): initially empty, and all filled after :meth:`finish`."""

    def __init__(self, minima: npt.NDArray[np.uint32]) -> None:
        self._minima = minima
        self._waiting: list[_Elements] = []
        self._held = 0

    def throw(self, some: slice, halves: Halves, starts: Rows, counts: Rows) -> None:
        """Throw the shingles of ``some`` rows into their bins.

        ``halves[starts[p, r] : starts[p, r] + counts[p, r]]`` are those of part p of the r-th of these rows, without
        gaps between texts.
        """
        rows = np.arange(counts.shape[1], dtype=np.int64)
        cells = np.repeat(np.tile((rows * BINS).astype(np.uint32), len(counts)), counts.reshape(-1))
        # The high bits of a sum of products are well mixed; XORed into the low bits, they affect the next product too.
        elements = _Elements(rows + some.start, starts, counts, cells, halves ^ (halves >> np.uint32(16)))
        block = self._minima[some]
        _throw(block, elements, 0)
        unfilled = np.flatnonzero(_unfilled(block) & counts.any(axis=0))
        if not len(unfilled):
            return
        if 2 * len(unfilled) < len(block):
            elements, block = elements.of(unfilled), block[unfilled]
        _throw_again(block, elements)
        self._minima[elements.rows] = block
        still = elements.of(np.flatnonzero(_unfilled(block) & elements.counts.any(axis=0)))
        if len(still.rows):
            self._waiting.append(still)
            self._held += len(still.halves) + BINS * len(still.rows)
        if self._held > _BATCH:
            self.finish()

    def finish(self) -> None:
        """Fill the bins that are still empty."""
        if self._waiting:
            _fill(self._minima, self._waiting)
        self._waiting, self._held = [], 0


class _Elements(NamedTuple):
    """The 32-bit hashes of rows' shingles.

    ``rows`` are the rows' numbers; ``halves[starts[p, r] : starts[p, r] + counts[p, r]]`` belong to part p of
    the r-th of them; ``cells`` is r · 128 for each.
    """

    rows: Rows
    starts: Rows
    counts: Rows
    cells: Halves
    halves: Halves

    def of(self, chosen: Rows) -> _Elements:
        """Return the elements of the rows at ``chosen``, with all parts of a row adjacent."""
        starts, counts = self.starts[:, chosen].T, self.counts[:, chosen].T
        ends = (starts + counts).reshape(-1).tolist()
        runs = [self.halves[start:end] for start, end in zip(starts.reshape(-1).tolist(), ends, strict=True)]
        return _of_rows(self.rows[chosen], counts.sum(axis=1), np.concatenate([self.halves[:0], *runs]))


def _of_rows(rows: Rows, counts: Rows, halves: Halves) -> _Elements:
    firsts = np.arange(0, len(rows) * BINS, BINS, dtype=np.uint32)
    starts = np.cumsum(counts) - counts
    return _Elements(rows, starts[None], counts[None], np.repeat(firsts, counts), halves)


def _throw(minima: npt.NDArray[np.uint32], elements: _Elements, throw: int) -> None:
    """Update ``minima`` (rows, 128): the high 7 bits of a hash choose the bin, the other bits are the value.

    The number of the throw is in the bits above the value, so a later throw never replaces an earlier one.
    """
    values = elements.halves * MULTIPLIERS[throw]
    where = values >> VALUE_BITS
    where += elements.cells
    values &= VALUE
    if throw:
        values |= np.uint32(throw << 25)
    np.minimum.at(minima.reshape(-1), where.astype(np.intp), values)


def _throw_again(block: npt.NDArray[np.uint32], elements: _Elements) -> None:
    """Throw a second time, but only into empty bins, of which texts of a few hundred shingles have few."""
    empty = block.reshape(-1) == EMPTY
    values = elements.halves * MULTIPLIERS[1]
    where = (values >> VALUE_BITS) + elements.cells
    chosen = np.flatnonzero(empty.take(where))
    values = values.take(chosen) & VALUE
    values |= np.uint32(1 << 25)
    np.minimum.at(block.reshape(-1), where.take(chosen).astype(np.intp), values)


def _unfilled(minima: npt.NDArray[np.uint32]) -> Mask:
    """Return a mask of the rows with an empty bin."""
    empty: Mask = minima.max(axis=1, initial=0) == EMPTY
    return empty


def _fill(minima: npt.NDArray[np.uint32], waiting: list[_Elements]) -> None:
    rows = np.concatenate([elements.rows for elements in waiting])
    counts = np.concatenate([elements.counts[0] for elements in waiting])
    halves = np.concatenate([elements.halves for elements in waiting])
    if counts.max() > VARIED:
        owners = np.repeat(np.arange(len(rows), dtype=np.uint64), counts)
        keys = distinct((owners << np.uint64(32)) | halves)
        counts, halves = np.bincount((keys >> np.uint64(32)).astype(np.int64)), keys.astype(np.uint32)
    elements = _of_rows(rows, counts, halves)
    filled = minima[rows]
    for throw in range(2, THROWS):
        _throw(filled, elements, throw)
        if throw % 4 == 1:
            chosen = np.flatnonzero(_unfilled(filled))
            if 2 * len(chosen) < len(elements.rows):
                minima[elements.rows] = filled
                elements, filled = elements.of(chosen), filled[chosen]
            if not len(chosen):
                return
    _fill_singly(filled, elements)
    minima[elements.rows] = filled


def _fill_singly(filled: npt.NDArray[np.uint32], elements: _Elements) -> None:
    """Fill each remaining empty bin with the minimum of its own hash function over the row's shingles."""
    starts, counts = elements.starts[0], elements.counts[0]
    ends = starts + counts
    for some in portions(counts, _BATCH // BINS):
        first = starts[some.start]
        values = elements.halves[first : ends[some.stop - 1], None] * MULTIPLIERS[THROWS:]
        values >>= BIN_BITS
        values |= np.uint32(THROWS << 25)
        least = np.minimum.reduceat(values, starts[some] - first, axis=0)
        np.minimum(filled[some], least, out=filled[some])

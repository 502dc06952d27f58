"""Sketches: 256 bytes a row that tell which rows may be near-duplicates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from datalint.core.classes import frozen
from datalint.neardup.hashing import Halves, Mask, Rows, constant, distinct, portions
from datalint.neardup.shingles import Shingling, count_shingles, shingle_halves

#: Bins of a signature (benchmarks/accuracy.py: 32 bands of 4 find 137,736 of 137,738 pairs with J ≥ 0.7, in 83 files).
BINS = 128
_BIN_BITS = np.uint32(7)
_VALUE_BITS = np.uint32(25)
_VALUE = np.uint32((1 << 25) - 1)
_EMPTY = np.uint32(0xFFFFFFFF)
# Times that all shingles are thrown at the bins, before each bin left empty takes a minimum of its own: the
# number with the least work for texts of 10 to 50 shingles.
_THROWS = 24
_MULTIPLIERS = np.array([constant(20, throw) & 0xFFFFFFFF for throw in range(_THROWS + BINS)], np.uint32)
# Characters hashed at a time, and shingles whose bins are filled at a time: temporaries stay in cache.
_BLOCK = 1 << 17
_BATCH = 1 << 16
# Pairs of signatures compared at a time.
_PAIRS = 1 << 13
# Varied texts longer than this leave no bin empty (128 · exp(-2048/128) = 1e-5 bins), repetitive ones do.
_VARIED = 2048


@frozen
class Sketches:
    """What the search for candidates needs of each row.

    Attributes:
        signatures: (n, 128) uint16, the low bits of each bin's minimum.
        sizes: (n, parts) uint32, how many shingles each part has, repeats counted; 0 where it is empty.
    """

    signatures: npt.NDArray[np.uint16]
    sizes: npt.NDArray[np.uint32]

    def __len__(self) -> int:
        return len(self.signatures)

    @classmethod
    def concat(cls, sketches: Sequence[Sketches]) -> Sketches:
        """Join the sketches of chunks, in their order; ValueError for none."""
        return cls(
            np.concatenate([sketch.signatures for sketch in sketches]),
            np.concatenate([sketch.sizes for sketch in sketches]),
        )


def sketch_texts(parts: Sequence[pl.Series], shingling: Shingling) -> Sketches:
    """Return the sketches of rows whose parts are normalised texts (series of one length, without nulls).

    One signature stands for the disjoint union of the parts' shingle sets. That is complete for rows that are
    alike in every part: with intersections ``i_p`` and unions ``u_p``, the union's Jaccard similarity is the
    mediant ``Σ i_p / Σ u_p`` of the parts' similarities and so at least the smallest of them.

    The signature is that of fast similarity sketching (Dahlgaard, Knudsen, Thorup 2017): each shingle is
    thrown into one of 128 bins, which keeps the minimum; while bins are empty, all shingles are thrown again;
    after 24 throws each bin still empty takes the minimum of a hash function of its own. So the share of equal
    bins estimates the similarity without bias and, unlike copies from other bins, as sharply for short texts.
    A row's signature depends on its own shingles alone, never on its neighbours or on chunks.
    """
    minima = np.full((len(parts[0]), BINS), _EMPTY, np.uint32)
    sizes = np.zeros((len(parts[0]), len(parts)), np.uint32)
    texts = [part.to_list() for part in parts]
    waiting: list[_Elements] = []
    held = 0
    for some in _blocks(parts):
        elements, sizes[some] = _hash_block([part[some] for part in texts], some.start, shingling)
        block = minima[some]
        _throw(block, elements, 0)
        unfilled = np.flatnonzero(_unfilled(block) & sizes[some].any(axis=1))
        if not len(unfilled):
            continue
        if 2 * len(unfilled) < len(block):
            elements, block = elements.of(unfilled), block[unfilled]
        _throw_again(block, elements)
        minima[elements.rows] = block
        still = elements.of(np.flatnonzero(_unfilled(block) & (elements.counts.sum(axis=0) > 0)))
        if len(still.rows):
            waiting.append(still)
            held += len(still.halves) + BINS * len(still.rows)
        if held > _BATCH:
            _fill(minima, waiting)
            waiting, held = [], 0
    if waiting:
        _fill(minima, waiting)
    return Sketches(minima.astype(np.uint16), sizes)


def equal_bins(signatures: npt.NDArray[np.uint16], first: Rows, second: Rows) -> npt.NDArray[np.uint8]:
    """Return for each pair of rows how many of the 128 bins are equal."""
    result = np.empty(len(first), np.uint8)
    for start in range(0, len(first), _PAIRS):
        chosen = slice(start, start + _PAIRS)
        equal = signatures.take(first[chosen], axis=0) == signatures.take(second[chosen], axis=0)
        # 128 fits a byte, and summing bytes is three times faster than counting booleans.
        np.add.reduce(equal.view(np.uint8), axis=1, dtype=np.uint8, out=result[chosen])
    return result


def _blocks(parts: Sequence[pl.Series]) -> Iterator[slice]:
    # A row weighs at least its 128 bins, so that a block of tiny texts stays in cache too.
    weights = np.full(len(parts[0]), BINS, np.int64)
    for part in parts:
        weights += part.str.len_chars().to_numpy().astype(np.int64)
    return portions(weights, _BLOCK)


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
        """Return the elements of the rows at ``chosen``, all parts of a row together."""
        starts, counts = self.starts[:, chosen].T, self.counts[:, chosen].T
        ends = (starts + counts).reshape(-1).tolist()
        runs = [self.halves[start:end] for start, end in zip(starts.reshape(-1).tolist(), ends, strict=True)]
        return _of_rows(self.rows[chosen], counts.sum(axis=1), np.concatenate([self.halves[:0], *runs]))


def _of_rows(rows: Rows, counts: Rows, halves: Halves) -> _Elements:
    firsts = np.arange(0, len(rows) * BINS, BINS, dtype=np.uint32)
    starts = np.cumsum(counts) - counts
    return _Elements(rows, starts[None], counts[None], np.repeat(firsts, counts), halves)


def _hash_block(texts: Sequence[list[str]], start: int, shingling: Shingling) -> tuple[_Elements, Rows]:
    """Return the shingles of a block that begins at row ``start``, and how many each row has by part."""
    hashed = [shingle_halves(column, shingling, part) for part, column in enumerate(texts)]
    lengths = np.stack([units for _, units in hashed])
    halves = np.concatenate([hashes for hashes, _ in hashed])
    # Of a sum of products the high bits are well mixed; in the low ones too, they reach the next product's high bits.
    halves ^= halves >> np.uint32(16)
    rows = np.arange(lengths.shape[1], dtype=np.int64)
    cells = np.repeat(np.tile((rows * BINS).astype(np.uint32), len(texts)), lengths.reshape(-1))
    starts = (np.cumsum(lengths) - lengths.reshape(-1)).reshape(lengths.shape)
    return _Elements(rows + start, starts, lengths, cells, halves), count_shingles(lengths, shingling).T


def _throw(minima: npt.NDArray[np.uint32], elements: _Elements, throw: int) -> None:
    """Lower ``minima`` (rows, 128): the high 7 bits of a hash choose the bin, the others are the value.

    The number of the throw stands above the value, so that a later throw never displaces an earlier one.
    """
    values = elements.halves * _MULTIPLIERS[throw]
    where = values >> _VALUE_BITS
    where += elements.cells
    values &= _VALUE
    if throw:
        values |= np.uint32(throw << 25)
    np.minimum.at(minima.reshape(-1), where.astype(np.intp), values)


def _throw_again(block: npt.NDArray[np.uint32], elements: _Elements) -> None:
    """Throw a second time, at the bins alone that are empty: a few in texts of some hundred shingles."""
    empty = block.reshape(-1) == _EMPTY
    values = elements.halves * _MULTIPLIERS[1]
    where = (values >> _VALUE_BITS) + elements.cells
    chosen = np.flatnonzero(empty.take(where))
    values = values.take(chosen) & _VALUE
    values |= np.uint32(1 << 25)
    np.minimum.at(block.reshape(-1), where.take(chosen).astype(np.intp), values)


def _unfilled(minima: npt.NDArray[np.uint32]) -> Mask:
    """Return which rows have an empty bin."""
    empty: Mask = minima.max(axis=1, initial=0) == _EMPTY
    return empty


def _fill(minima: npt.NDArray[np.uint32], waiting: list[_Elements]) -> None:
    rows = np.concatenate([elements.rows for elements in waiting])
    counts = np.concatenate([elements.counts[0] for elements in waiting])
    halves = np.concatenate([elements.halves for elements in waiting])
    if counts.max() > _VARIED:
        owners = np.repeat(np.arange(len(rows), dtype=np.uint64), counts)
        keys = distinct((owners << np.uint64(32)) | halves)
        counts, halves = np.bincount((keys >> np.uint64(32)).astype(np.int64)), keys.astype(np.uint32)
    elements = _of_rows(rows, counts, halves)
    filled = minima[rows]
    for throw in range(2, _THROWS):
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
    """Give each bin still empty the least of its own hash function over the row's shingles."""
    starts, counts = elements.starts[0], elements.counts[0]
    ends = starts + counts
    for some in portions(counts, _BATCH // BINS):
        first = starts[some.start]
        values = elements.halves[first : ends[some.stop - 1], None] * _MULTIPLIERS[_THROWS:]
        values >>= _BIN_BITS
        values |= np.uint32(_THROWS << 25)
        least = np.minimum.reduceat(values, starts[some] - first, axis=0)
        np.minimum(filled[some], least, out=filled[some])

"""Candidate pairs: rows whose signatures agree in a whole band."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from datalint.neardup.hashing import Rows, Words, constant, distinct, spread
from datalint.neardup.sketch import BINS

# Pairs that are held at a time.
_BLOCK = 1 << 21
# Pairs of a band that are enumerated before the limit on buckets tightens: at least so many, and by row.
_LEAST_PAIRS = 1 << 19
_PAIRS_BY_ROW = 1
_ODD = np.uint64(constant(30))


@dataclass(frozen=True, slots=True)
class Band:
    """The buckets of one band that are enumerated, one after another.

    The row at position p is a candidate with the rows at ``partners[p]`` up to ``ends[p]``.
    """

    rows: npt.NDArray[np.uint32]
    partners: npt.NDArray[np.uint32]
    ends: npt.NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Buckets:
    """The buckets of all bands; rows are positions in the order in which they were given.

    ``hot`` has ``(bucket of each row, row)`` for the buckets of a band that were too large to enumerate.
    """

    bands: list[Band]
    hot: list[tuple[Rows, Rows]]
    size: int


def band_width(threshold: float) -> int:
    """Return the bins of a band: the most with which few pairs at ``threshold`` are missed."""
    return 4 if threshold >= 0.65 else 3 if threshold >= 0.5 else 2


def miss_probability(similarity: float, threshold: float) -> float:
    """Return the chance that a pair of ``similarity`` shares none of b = 128/r bands: ``(1 - s^r)^b``.

    At threshold 0.7: 1.6e-4 at 0.7, 5e-6 at 0.75, 1e-7 at 0.8.
    """
    width = band_width(threshold)
    return float((1 - similarity**width) ** (BINS // width))


def find_buckets(
    signatures: npt.NDArray[np.uint16],
    rows: Rows,
    *,
    threshold: float,
    groups: npt.NDArray[np.uint8] | None,
    limit: int | None,
) -> Buckets:
    """Sort ``rows`` into the buckets of every band.

    Args:
        signatures: (n, 128).
        rows: the rows to compare, ordered by group when there are groups.
        threshold: decides the width of a band.
        groups: (n,); only rows of different groups are candidates.
        limit: a bucket with more pairs than this many rows have is hot. None enumerates all.
    """
    width = band_width(threshold)
    bands, hot = [], []
    group = None if groups is None else groups[rows]
    for column in range(0, BINS - width + 1, width):
        band, large = _band(_keys(signatures, rows, column, width), group, limit)
        if len(band.rows):
            bands.append(band)
        if len(large[0]):
            hot.append(large)
    return Buckets(bands, hot, len(rows))


def candidate_blocks(buckets: Buckets) -> Iterator[tuple[Rows, Rows]]:
    """Yield the distinct candidate pairs (positions, first before second) in blocks sorted by the first row.

    All pairs of a first row are in one block, so nothing needs remembering from block to block and memory is
    bounded however many pairs there are (but for the partners of one row).
    """
    counts = np.zeros(buckets.size, np.int64)
    for band in buckets.bands:
        counts[band.rows] += band.ends.astype(np.int64) - band.partners
    reached = np.cumsum(counts)
    start = 0
    while start < buckets.size:
        done = reached[start - 1] if start else 0
        stop = max(int(np.searchsorted(reached, done + _BLOCK, side="right")), start + 1)
        packed = [_pairs(band, start, stop) for band in buckets.bands]
        pairs = distinct(np.concatenate(packed)) if packed else np.empty(0, np.uint64)
        if len(pairs):
            yield _unpacked(pairs)
        start = stop


def star_blocks(buckets: Buckets) -> Iterator[tuple[Rows, Rows]]:
    """Yield the candidate pairs (positions) of each bucket's first row with its others, in blocks."""
    waiting = np.empty(0, np.uint64)
    for band in buckets.bands:
        heads = np.diff(band.ends.astype(np.int64), prepend=-1) != 0
        firsts = band.rows[heads][np.cumsum(heads) - 1]
        packed = (firsts.astype(np.uint64) << np.uint64(32) | band.rows)[~heads]
        waiting = distinct(np.concatenate([waiting, packed]))
        if len(waiting) > _BLOCK:
            yield _unpacked(waiting)
            waiting = waiting[:0]
    yield _unpacked(waiting)


def _unpacked(pairs: Words) -> tuple[Rows, Rows]:
    return (pairs >> np.uint64(32)).astype(np.int64), (pairs & np.uint64(0xFFFFFFFF)).astype(np.int64)


def _pairs(band: Band, start: int, stop: int) -> Words:
    where = np.flatnonzero((band.rows >= start) & (band.rows < stop))
    counts = band.ends[where].astype(np.int64) - band.partners[where]
    seconds = np.repeat(band.partners[where].astype(np.int64), counts) + spread(counts)
    packed: Words = np.repeat(band.rows[where].astype(np.uint64) << np.uint64(32), counts)
    packed |= band.rows[seconds]
    return packed


def _keys(signatures: npt.NDArray[np.uint16], rows: Rows, column: int, width: int) -> Words:
    if width == 4:
        keys: Words = signatures.view(np.uint64)[rows, column // 4]
    else:
        keys = signatures[rows, column].astype(np.uint64)
        for other in range(column + 1, column + width):
            keys <<= np.uint64(16)
            keys |= signatures[rows, other]
    keys *= _ODD
    keys ^= keys >> np.uint64(32)
    keys *= _ODD
    return keys


def _band(keys: Words, group: npt.NDArray[np.uint8] | None, limit: int | None) -> tuple[Band, tuple[Rows, Rows]]:
    # A key gives its low bits to the row's position, so one sort of plain numbers does what an argsort would;
    # what equality of the other bits adds by chance, verification takes out again.
    low = np.uint64((1 << max(len(keys) - 1, 1).bit_length()) - 1)
    keys &= ~low
    keys |= np.arange(len(keys), dtype=np.uint64)
    keys.sort()
    alike = np.zeros(len(keys) + 1, np.bool_)
    np.less_equal(keys[1:] ^ keys[:-1], low, out=alike[1:-1])
    shared = np.flatnonzero(alike[1:] | alike[:-1])
    rows = (keys[shared] & low).astype(np.int64)
    heads = np.flatnonzero(~alike[shared])
    sizes = np.diff(heads, append=len(rows))
    ends = np.repeat(heads + sizes, sizes)
    partners = np.arange(1, len(rows) + 1) if group is None else _run_ends(group[rows], heads)
    pairs = np.add.reduceat(ends - partners, heads) if len(heads) else sizes
    bucket = np.repeat(np.arange(len(heads)), sizes)
    hot = (pairs > _most_pairs(pairs, limit, len(keys)))[bucket]
    kept = ~hot & (pairs > 0)[bucket]
    # Whole buckets go, so all positions of a bucket that stays move by the same number.
    gone = np.cumsum(~kept)[kept]
    columns = (rows[kept], partners[kept] - gone, ends[kept] - gone)
    return Band(*(column.astype(np.uint32) for column in columns)), (bucket[hot], rows[hot])


def _run_ends(group: npt.NDArray[np.uint8], heads: Rows) -> Rows:
    """Return for each position where the run of its group in its bucket ends."""
    begins = np.ones(len(group), np.bool_)
    np.not_equal(group[1:], group[:-1], out=begins[1:])
    begins[heads] = True
    starts = np.flatnonzero(begins)
    sizes = np.diff(starts, append=len(group))
    return np.repeat(starts + sizes, sizes)


def _most_pairs(pairs: Rows, limit: int | None, rows: int) -> int:
    """Return the most pairs that a bucket may have; fewer than ``limit`` rows make where buckets are many."""
    if limit is None:
        return int(pairs.max(initial=0))
    most = limit * (limit - 1) // 2
    budget = max(_LEAST_PAIRS, _PAIRS_BY_ROW * rows, most)
    ordered = np.sort(pairs[pairs <= most])
    within = int(np.searchsorted(np.cumsum(ordered), budget, side="right"))
    return most if within == len(ordered) else int(ordered[within]) - 1

"""Verification: the exact similarity of candidate pairs, from the rows' texts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import polars as pl

from datalint.neardup.hashing import Mask, Rows, Words, distinct
from datalint.neardup.shingles import Shingling, shingle_hashes
from datalint.neardup.sketch import BINS, Sketches, equal_bins

#: Reads rows again: (k,) row numbers to the normalised parts, each a series of k texts.
Fetch = Callable[[Rows], list[pl.Series]]
Similarities = npt.NDArray[np.float64]

# How far an estimate may stay below the threshold: 0.25 is over six standard deviations of 128 bins at 0.7.
_DOUBT = 0.25
# Shingles of the rows that are compared with each other at a time, fetched at a time, and kept for later.
_TILE = 1 << 16
_FETCH = 1 << 19
_KEEP = 1 << 22
# 64-bit words of bitmaps compared at a time.
_WORDS = 1 << 15
_SPARSE = 2


@dataclass(slots=True)
class Verifier:
    """Computes similarities of pairs of rows: the least Jaccard similarity of their parts.

    A part that is empty in both rows counts as 1, in one only as 0. Rows stay in memory as sets of hashes, up
    to 32 MB of them, so that rounds over the same rows fetch them once.
    """

    sketches: Sketches
    fetch: Fetch
    shingling: Shingling
    threshold: float
    _sets: dict[int, list[Words]] = field(default_factory=dict)
    _held: int = 0

    def similarities(self, first: Rows, second: Rows) -> Similarities:
        """Return the exact similarity of each pair, or 0 where it cannot come near the threshold.

        That is the case where one row has a part that the other lacks, and where the share of equal bins is
        0.25 or more under the threshold.
        """
        result = np.zeros(len(first), np.float64)
        plausible = np.flatnonzero(self._plausible(first, second))
        result[plausible] = self._exact(first[plausible], second[plausible])
        return result

    def _plausible(self, first: Rows, second: Rows) -> Mask:
        least = (self.threshold - _DOUBT) * BINS
        has = self.sketches.sizes > 0
        close = equal_bins(self.sketches.signatures, first, second) >= least
        same: Mask = (has[first] == has[second]).all(axis=1)
        return close & same

    def _exact(self, first: Rows, second: Rows) -> Similarities:
        result = np.empty(len(first), np.float64)
        sizes = self.sketches.sizes.sum(axis=1, dtype=np.int64)
        rows: list[Rows] = []
        tiles: list[Rows] = []
        for tile in _tiles(first, second, sizes):
            tiles.append(tile)
            rows.append(distinct(np.concatenate([first[tile], second[tile]])))
            if sum(int(sizes[some].sum()) for some in rows) > _FETCH:
                self._compare(tiles, rows, first, second, result)
                rows, tiles = [], []
        if tiles:
            self._compare(tiles, rows, first, second, result)
        return result

    def _compare(self, tiles: list[Rows], rows: list[Rows], first: Rows, second: Rows, result: Similarities) -> None:
        sets = self._load(distinct(np.concatenate(rows)))
        for tile, members in zip(tiles, rows, strict=True):
            left, right = np.searchsorted(members, first[tile]), np.searchsorted(members, second[tile])
            least = np.ones(len(tile), np.float64)
            for part in zip(*(sets[row] for row in members.tolist()), strict=True):
                np.minimum(least, _jaccard(part, left, right), out=least)
            result[tile] = least

    def _load(self, rows: Rows) -> dict[int, list[Words]]:
        """Return the shingle sets of ``rows`` by part, sorted."""
        sets = {row: self._sets[row] for row in rows.tolist() if row in self._sets}
        missing = np.array([row for row in rows.tolist() if row not in sets], np.int64)
        if not len(missing):
            return sets
        columns = [_sets(*shingle_hashes(part.to_list(), self.shingling)) for part in self.fetch(missing)]
        fresh = {row: list(parts) for row, *parts in zip(missing.tolist(), *columns, strict=True)}
        if self._held > _KEEP:
            self._sets, self._held = dict(sets), sum(len(part) for parts in sets.values() for part in parts)
        self._sets.update(fresh)
        self._held += sum(len(part) for parts in fresh.values() for part in parts)
        return sets | fresh


def _sets(hashes: Words, counts: Rows) -> list[Words]:
    """Return the sorted distinct hashes of each run of ``counts``; sorts ``hashes`` in place."""
    ends = np.cumsum(counts)
    starts = ends - counts
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        hashes[start:end].sort()
    keep = np.ones(len(hashes), np.bool_)
    np.not_equal(hashes[1:], hashes[:-1], out=keep[1:])
    keep[starts[counts > 0]] = True
    bounds = np.concatenate(([0], np.cumsum(keep)))[np.concatenate(([0], ends))].tolist()
    hashes = hashes[keep]
    return [hashes[start:end] for start, end in pairwise(bounds)]


def _tiles(first: Rows, second: Rows, sizes: Rows) -> Iterator[Rows]:
    """Yield the pairs (as positions) in groups that concern few rows each.

    Rows that are linked stand together (a few rounds of spreading the least row's number find most of that),
    are cut into blocks of bounded size, and pairs go by their rows' blocks.
    """
    rows = distinct(np.concatenate([first, second]))
    left, right = np.searchsorted(rows, first), np.searchsorted(rows, second)
    labels = np.arange(len(rows))
    for _ in range(3):
        least = np.minimum(labels[left], labels[right])
        np.minimum.at(labels, left, least)
        np.minimum.at(labels, right, least)
    order = np.argsort(labels, kind="stable")
    blocks = np.empty(len(rows), np.int64)
    blocks[order] = np.cumsum(sizes[rows[order]]) // _TILE
    low, high = np.minimum(blocks[left], blocks[right]), np.maximum(blocks[left], blocks[right])
    keys = low * (int(high.max(initial=0)) + 1) + high
    by_key = np.argsort(keys, kind="stable")
    yield from np.split(by_key, np.flatnonzero(np.diff(keys[by_key])) + 1) if len(by_key) else ()


def _jaccard(sets: Sequence[Words], left: Rows, right: Rows) -> Similarities:
    """Return the Jaccard similarity of ``sets[left[i]]`` and ``sets[right[i]]`` for each i; of empty ones 1."""
    counts = np.fromiter(map(len, sets), np.int64, len(sets))
    # Numbering the hashes of all sets costs twice as much a set as merging two of them.
    if len(left) < _SPARSE * len(sets):
        shared = np.fromiter(
            map(_count_shared, *(map(sets.__getitem__, side.tolist()) for side in (left, right))), np.int64, len(left)
        )
    else:
        shared = _count_all_shared(sets, counts, left, right)
    union = counts[left] + counts[right] - shared
    return np.where(union == 0, 1.0, shared / np.maximum(union, 1))


def _count_shared(a: Words, b: Words) -> int:
    both = np.concatenate((a, b))
    both.sort()
    return int(np.count_nonzero(both[1:] == both[:-1]))


def _count_all_shared(sets: Sequence[Words], counts: Rows, left: Rows, right: Rows) -> Rows:
    bits = _bitmaps(np.concatenate(sets), counts)
    shared = np.empty(len(left), np.int64)
    step = max(_WORDS // max(bits.shape[1], 1), 1)
    for start in range(0, len(left), step):
        both = bits[left[start : start + step]]
        both &= bits[right[start : start + step]]
        shared[start : start + step] = np.bitwise_count(both).sum(axis=1, dtype=np.int64)
    return shared


def _bitmaps(words: Words, counts: Rows) -> Words:
    """Return a row of bits for each set: one bit for each word that two sets or more hold."""
    order = np.argsort(words)
    ordered = words[order]
    alike = np.zeros(len(words) + 1, np.bool_)
    np.equal(ordered[1:], ordered[:-1], out=alike[1:-1])
    shared = np.flatnonzero(alike[1:] | alike[:-1])
    owners = np.repeat(np.arange(len(counts)), counts)[order[shared]]
    numbers = np.cumsum(~alike[shared]) - 1
    width = -(-(int(numbers[-1]) + 1) // 64) if len(numbers) else 0
    bits = np.zeros((len(counts), width), np.uint64)
    # A set holds a word once, so adding bits is the same as setting them.
    bit = np.uint64(1) << (numbers & 63).astype(np.uint64)
    np.add.at(bits.reshape(-1), owners * width + (numbers >> 6), bit)
    return bits

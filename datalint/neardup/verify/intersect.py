"""Sizes of set intersections, for many pairs of sets of hashes at once."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from itertools import count, pairwise
from typing import TYPE_CHECKING

import numpy as np

from datalint.neardup.limits import DEFAULT, Limits
from datalint.neardup.text.hashing import Rows, Words, constant, sort_runs, spread
from datalint.support.distinct import distinct
from datalint.support.sorting import sorted_numbers

if TYPE_CHECKING:
    from datalint.neardup.compiled.written import Kernels


# Partners per set from which counting all sets together may be faster than merging two at a time.
_MANY = 8
# Measured nanoseconds: merging two sets (and per hash), grouping a hash by the sets that contain it, comparing a 64-bit
# word of two bitmaps, setting a bit, listing a pair of sets for a hash.
_MERGE, _MERGE_HASH = 2000.0, 7.0
_COMPARE, _SET = 1.2, 15.0
# 64-bit words of bitmaps in memory, and compared at a time; pairs listed at a time.
_COMPARED = 1 << 15
#: A random odd multiplier per process, so that no text can be crafted to cause collisions in the hash table.
ODD = np.uint64(int.from_bytes(os.urandom(8), "little") | 1)


def count_shared(
    sets: Sequence[Words], left: Rows, right: Rows, limits: Limits = DEFAULT, kernels: Kernels | None = None
) -> Rows:
    """Return the size of the intersection of ``sets[left[i]]`` and ``sets[right[i]]`` for each i.

    Sets are those of :func:`distinct_runs`; the counts are exact.
    """
    many = np.bincount(left, minlength=len(sets))[left] >= _MANY
    members = distinct(np.concatenate([left[many], right[many]]))
    sizes = np.fromiter(map(len, sets), np.int64, len(sets))
    merging = _MERGE * np.count_nonzero(many) + _MERGE_HASH * (sizes[left[many]] + sizes[right[many]]).sum()
    many &= merging > limits.group_cost * sizes[members].sum()
    shared = np.empty(len(left), np.int64)
    few = np.flatnonzero(~many)
    shared[few] = _count_singly(sets, sizes, left[few], right[few], kernels)
    if many.any():
        a, b = np.searchsorted(members, left[many]), np.searchsorted(members, right[many])
        keys = np.minimum(a, b) * len(members) + np.maximum(a, b)
        pairs = distinct(keys)
        counts = _count_together([sets[member] for member in members.tolist()], pairs, limits)
        shared[many] = counts[np.searchsorted(pairs, keys)]
    return shared


def distinct_runs(hashes: Words, counts: Rows, kernels: Kernels | None = None) -> list[Words]:
    """Return the distinct hashes of each run of ``counts``, sorted unless ``kernels`` are used; changes ``hashes``."""
    if not len(hashes):
        return [hashes] * len(counts)
    ends = np.cumsum(counts)
    if kernels is not None:
        sizes = np.empty(len(counts), np.int64)
        hashes = hashes[: kernels.pairs.drop_repeats(hashes, counts, ODD, *hash_table(counts), sizes)].copy()
        bounds = [0, *np.cumsum(sizes).tolist()]
    else:
        sort_runs(hashes, counts)
        keep = np.ones(len(hashes), np.bool_)
        np.not_equal(hashes[1:], hashes[:-1], out=keep[1:])
        keep[(ends - counts)[counts > 0]] = True
        bounds = np.concatenate(([0], np.cumsum(keep)))[np.concatenate(([0], ends))].tolist()
        hashes = hashes[keep]
    # Views of one array: the memory of sets that were created together is released together.
    return [hashes[start:end] for start, end in pairwise(bounds)]


def hash_table(sizes: Rows) -> tuple[Words, Rows]:
    """Return the arrays of a hash table for runs of these sizes; see :mod:`~datalint.neardup.compiled.pair_kernels`."""
    slots = 2 << int(sizes.max()).bit_length()
    return np.zeros(slots, np.uint64), np.zeros(slots, np.int64)


def _count_singly(sets: Sequence[Words], sizes: Rows, left: Rows, right: Rows, kernels: Kernels | None) -> Rows:
    shared = np.empty(len(left), np.int64)
    if kernels is None:
        for pair, (one, other) in enumerate(zip(left.tolist(), right.tolist(), strict=True)):
            shared[pair] = _merge(sets[one], sets[other])
    elif len(left):
        members = distinct(np.concatenate([left, right]))
        hashes = np.concatenate([sets[member] for member in members.tolist()])
        starts = np.concatenate(([0], np.cumsum(sizes[members])))
        places = np.searchsorted(members, left), np.searchsorted(members, right)
        kernels.pairs.count_shared(hashes, starts, *places, ODD, *hash_table(sizes[members]), shared)
    return shared


def _merge(a: Words, b: Words) -> int:
    both = np.concatenate((a, b))
    both.sort(kind="stable")  # merges two sorted runs
    return int(np.count_nonzero(both[1:] == both[:-1]))


def _count_together(sets: Sequence[Words], pairs: Rows, limits: Limits) -> Rows:
    """Count common hashes for ``pairs``, sorted numbers a · len(sets) + b with a < b.

    A hash of many sets gets a bit in a bitmap of each set, and a pair takes an AND and a population count. For a hash
    of few sets, the pairs of these sets are listed. The measured costs decide which method a hash gets.
    """
    owners, sizes = _holders(sets)
    groups = np.bincount(sizes, minlength=1)
    numbers = np.arange(len(groups))
    wide = len(pairs) * _COMPARE / 64 + numbers * _SET
    cost = (
        np.cumsum(groups * numbers * (numbers - 1) / 2) * limits.list_cost
        + np.cumsum((groups * wide)[::-1])[::-1]
        - groups * wide
    )
    few = sizes <= np.argmin(cost)
    in_few = np.repeat(few, sizes)
    counts = np.zeros(len(pairs), np.int64)
    first, second = np.divmod(pairs, len(sets))
    for bits in _bitmaps(owners[~in_few], sizes[~few], len(sets), limits.bitmap_words):
        step = max(_COMPARED // bits.shape[1], 1)
        for start in range(0, len(pairs), step):
            both = bits.take(first[start : start + step], axis=0)
            both &= bits.take(second[start : start + step], axis=0)
            counts[start : start + step] += np.bitwise_count(both).sum(axis=1, dtype=np.int64)
    for listed, times in _lists(owners[in_few], sizes[few], len(sets), limits.listed_pairs):
        where = np.minimum(np.searchsorted(pairs, listed), len(pairs) - 1)
        hit = pairs[where] == listed
        counts[where[hit]] += times[hit]
    return counts


def _holders(sets: Sequence[Words]) -> tuple[Rows, Rows]:
    """Return, for each hash that two or more sets contain, these sets, hash by hash, and their number.

    The low bits of a hash are replaced by the number of its set, so that plain sorting groups them. If this makes two
    hashes equal, there are fewer groups than distinct hashes, and another multiplier is tried.
    """
    words = np.concatenate(sets)
    ordered = sorted_numbers(words)
    hashes = min(len(words), 1) + np.count_nonzero(ordered[1:] != ordered[:-1])
    low = np.uint64((1 << max(len(sets) - 1, 1).bit_length()) - 1)
    owners = np.repeat(np.arange(len(sets), dtype=np.uint64), list(map(len, sets)))
    for attempt in count():
        keys = words * np.uint64(constant(40, attempt))
        keys &= ~low
        keys |= owners
        keys = sorted_numbers(keys)
        begins = np.ones(len(keys), np.bool_)
        np.greater(keys[1:] ^ keys[:-1], low, out=begins[1:])
        if np.count_nonzero(begins) == hashes:
            break
    sizes = np.diff(np.flatnonzero(begins), append=len(keys))
    kept = sizes > 1
    return (keys[np.repeat(kept, sizes)] & low).astype(np.int64), sizes[kept]


def _bitmaps(owners: Rows, sizes: Rows, sets: int, most: int) -> Iterator[Words]:
    """Yield bit matrices with a row per set and a column per hash, slice by slice."""
    width = max(most // sets, 1)
    ends = np.cumsum(sizes)
    for start in range(0, len(sizes), width * 64):
        some = slice(start, start + width * 64)
        counts = sizes[some]
        columns = np.repeat(np.arange(len(counts)), counts)
        rows = owners[ends[start] - sizes[start] : ends[some][-1]]
        bits = np.zeros((sets, -(-len(counts) // 64)), np.uint64)
        # A set contains a hash once, so adding bits is the same as setting them, and numpy adds much faster.
        bit = np.uint64(1) << (columns & 63).astype(np.uint64)
        np.add.at(bits.reshape(-1), rows * bits.shape[1] + (columns >> 6), bit)
        yield bits


def _lists(owners: Rows, sizes: Rows, sets: int, most: int) -> Iterator[tuple[Rows, Rows]]:
    """Yield the pairs of sets that contain the same hash, sorted, and how often; in portions."""
    later = np.repeat(sizes, sizes) - spread(sizes) - 1
    reached = np.cumsum(later)
    start = 0
    while start < len(owners):
        done = reached[start - 1] if start else 0
        stop = max(int(np.searchsorted(reached, done + most, side="right")), start + 1)
        counts = later[start:stop]
        second = np.repeat(np.arange(start + 1, stop + 1), counts) + spread(counts)
        listed = sorted_numbers(np.repeat(owners[start:stop] * sets, counts) + owners[second])
        heads = np.flatnonzero(np.diff(listed, prepend=-1))
        yield listed[heads], np.diff(heads, append=len(listed))
        start = stop

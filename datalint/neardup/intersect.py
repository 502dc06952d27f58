"""How many hashes sets have in common, for many pairs of sets at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from datalint.neardup.graph import components
from datalint.neardup.hashing import Rows, Words, distinct, scramble64, spread

# Pairs per set from which a bitmap of each set pays: making one costs about as much as merging two sets.
_DENSE = 2
# 64-bit words of bitmaps held, and compared at a time; hashes looked up at a time.
_MOST_WORDS = 1 << 22
_COMPARED = 1 << 15
_LOOKED_UP = 1 << 16


def count_shared(sets: Sequence[Words], left: Rows, right: Rows) -> Rows:
    """Return the size of the intersection of ``sets[left[i]]`` and ``sets[right[i]]`` for each i.

    Sets are sorted distinct hashes. Few pairs are merged one by one; for many, each hash that sets have in
    common gets a bit, and a pair takes an AND and a population count.
    """
    bits = _bitmaps(sets, left, right) if len(left) >= _DENSE * len(sets) else None
    if bits is None:
        pairs = zip(left.tolist(), right.tolist(), strict=True)
        return np.fromiter((_merge(sets[a], sets[b]) for a, b in pairs), np.int64, len(left))
    shared = np.empty(len(left), np.int64)
    step = max(_COMPARED // max(bits.shape[1], 1), 1)
    for start in range(0, len(left), step):
        both = bits.take(left[start : start + step], axis=0)
        both &= bits.take(right[start : start + step], axis=0)
        np.bitwise_count(both).sum(axis=1, dtype=np.int64, out=shared[start : start + step])
    return shared


def _merge(a: Words, b: Words) -> int:
    both = np.concatenate((a, b))
    both.sort()
    return int(np.count_nonzero(both[1:] == both[:-1]))


def _bitmaps(sets: Sequence[Words], left: Rows, right: Rows) -> Words | None:
    """Return a row of bits for each set, or None where they would take too much memory.

    Components of pairs have nothing to do with each other, so each numbers its hashes from 0: by its tag, a
    hash counts as another in another component.
    """
    component = components(left, right, len(sets))
    tags = scramble64(component.astype(np.uint64))
    ends = np.cumsum(np.fromiter(map(len, sets), np.int64, len(sets)))
    words = np.concatenate(sets)
    words ^= np.repeat(tags, np.diff(ends, prepend=0))
    known = _repeated(words)
    cells, owners = _look_up(words, ends, known)
    of_known = np.zeros(len(known), np.int64)
    of_known[cells] = component[owners]
    columns = _ranks(of_known)[cells]
    width = int(columns.max(initial=-1)) // 64 + 1
    if len(sets) * width > _MOST_WORDS:
        return None
    bits = np.zeros((len(sets), width), np.uint64)
    # A set holds a hash once, so adding bits is the same as setting them, and numpy adds much faster.
    bit = np.uint64(1) << (columns & 63).astype(np.uint64)
    np.add.at(bits.reshape(-1), owners * width + (columns >> 6), bit)
    return bits


def _repeated(words: Words) -> Words:
    """Return the sorted distinct ``words`` that occur more than once."""
    ordered = np.sort(words)
    return distinct(ordered[1:][ordered[1:] == ordered[:-1]])


def _look_up(words: Words, ends: Rows, known: Words) -> tuple[Rows, Rows]:
    """Return for each word that is known its place in ``known``, and the set that holds it."""
    if not len(known):
        return np.empty(0, np.int64), np.empty(0, np.int64)
    places, hits = [], []
    for start in range(0, len(words), _LOOKED_UP):
        some = words[start : start + _LOOKED_UP]
        place = np.searchsorted(known, some)
        place[place == len(known)] = 0
        hit = np.flatnonzero(known[place] == some)
        places.append(place[hit])
        hits.append(hit + start)
    return np.concatenate(places), np.searchsorted(ends, np.concatenate(hits), side="right")


def _ranks(labels: Rows) -> Rows:
    """Return for each element how many earlier ones have its label."""
    order = np.argsort(labels, kind="stable")
    ranks = np.empty(len(labels), np.int64)
    ranks[order] = spread(np.bincount(labels))
    return ranks

"""Compare one set of hashes with many others."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from datalint.neardup.text.common import Common
from datalint.neardup.text.hashing import Rows, Words, constant, portions
from datalint.neardup.verify.intersect import ODD, hash_table
from datalint.support.distinct import distinct

if TYPE_CHECKING:
    from datalint.neardup.compiled.written import Kernels


# Hashes that are looked up at a time, so that temporaries stay in the CPU cache.
_BLOCK = 1 << 16


class Center:
    """A set that many others are compared with, with and without common shingles."""

    def __init__(self, hashes: Words, common: Common | None, slight: int, kernels: Kernels | None) -> None:
        """Prepare the set of one text's ``hashes``.

        Common shingles are not removed if fewer than ``slight`` shingles of both texts remain.
        """
        self._all = Lookup(distinct(hashes), kernels)
        self._common = common
        self._slight = slight
        rest = hashes[:0] if common is None else distinct(hashes[common.beyond(hashes, np.array([len(hashes)]))])
        self._rest = Lookup(rest, kernels) if len(rest) else None

    def similarities(self, hashes: Words, counts: Rows) -> npt.NDArray[np.float64]:
        """Return the similarity of the set to each run of ``counts`` hashes."""
        rest = None if self._common is None else self._common.beyond(hashes, counts)
        others = None if rest is None else (hashes[rest], np.diff(np.cumsum(rest)[np.cumsum(counts) - 1], prepend=0))
        shared, more = self._all.count(hashes, counts)
        similarity: npt.NDArray[np.float64] = shared / (len(self._all) + more)
        if others is None:
            return similarity
        if self._rest is None:
            shared, union = np.zeros(len(counts), np.int64), np.array([len(distinct(run)) for run in _runs(*others)])
        else:
            shared, more = self._rest.count(*others)
            union = len(self._rest) + more
        lower = np.where(union <= self._slight, 1.0, shared / np.maximum(union, 1))
        return np.minimum(similarity, lower)


def _runs(hashes: Words, counts: Rows) -> list[Words]:
    return np.split(hashes, np.cumsum(counts)[:-1])


class Lookup:
    """A hash table of one set, for comparisons with many others without sorting those."""

    def __init__(self, hashes: Words, kernels: Kernels | None = None) -> None:
        """Prepare a set of distinct hashes: at least one, at most 32,766."""
        self._kernels = kernels
        self._hashes = hashes
        if self._kernels is None:
            self._spread(hashes)

    def _spread(self, hashes: Words) -> None:
        # With at least as many slots as pairs of hashes, at least two multipliers in five cause no collision.
        bits = 2 * len(hashes).bit_length() - 1
        self._shift = np.uint64(64 - bits)
        for attempt in count():
            self._multiplier = np.uint64(constant(41, attempt))
            slots = self._slots(hashes)
            if len(distinct(slots)) == len(hashes):
                break
        self._places = np.full(1 << bits, len(hashes), np.int16)
        self._places[slots] = np.arange(len(hashes))
        # Free slots point to a copy of the first hash, which never maps to a free slot.
        self._hashes = np.append(hashes, hashes[0])

    def __len__(self) -> int:
        return len(self._hashes) - (self._kernels is None)

    def count(self, hashes: Words, counts: Rows) -> tuple[Rows, Rows]:
        """Return for each run of ``counts`` hashes how many are in the set, and how many are not.

        A hash that repeats within its run counts once.
        """
        shared, others = np.zeros((2, len(counts)), np.int64)
        if self._kernels is not None and len(counts):
            slots, stamps = hash_table(np.array([len(self)]))
            tables = slots, stamps, np.zeros_like(stamps), *hash_table(counts)
            self._kernels.pairs.look_up(self._hashes, hashes, counts, ODD, *tables, shared, others)
            return shared, others
        ends = np.cumsum(counts)
        for some in portions(counts, _BLOCK):
            done = ends[some.start - 1] if some.start else 0
            shared[some], others[some] = self._count(hashes[done : ends[some.stop - 1]], counts[some])
        return shared, others

    def _count(self, hashes: Words, counts: Rows) -> tuple[Rows, Rows]:
        places = self._places.take(self._slots(hashes))
        unknown = np.flatnonzero(self._hashes.take(places) != hashes)
        places[unknown] = len(self)
        seen = np.zeros((len(counts), len(self) + 1), np.bool_)
        cells = np.repeat(np.arange(0, seen.size, len(self) + 1), counts)
        cells += places
        seen.reshape(-1)[cells] = True
        runs, rest = np.searchsorted(np.cumsum(counts), unknown, side="right"), hashes[unknown]
        order = np.lexsort((rest, runs))
        runs, rest = runs[order], rest[order]
        fresh = np.ones(len(rest), np.bool_)
        fresh[1:] = (rest[1:] != rest[:-1]) | (runs[1:] != runs[:-1])
        return np.count_nonzero(seen[:, :-1], axis=1), np.bincount(runs[fresh], minlength=len(counts))

    def _slots(self, hashes: Words) -> Rows:
        slots = hashes * self._multiplier
        slots >>= self._shift
        return slots.view(np.int64)

"""Prefix filter: texts that are alike share some of their rarest shingles."""

from __future__ import annotations

from collections.abc import Sequence
from math import log2

import numpy as np
import numpy.typing as npt

from datalint.neardup.text.hashing import Mask, Rows, Words, distinct, spread
from datalint.neardup.text.shingles import Shingling, shingle_hashes
from datalint.support.classes import frozen

# Rare shingles that two texts must share: adjacent shingles come and go together, so that one in common says little.
_SHARED = 4
# A shingle's rarity: this many classes, four to each doubling of the times that it occurs.
_CLASS_BITS = 6
_BY_DOUBLING = 4
# Bits of the table in which occurrences are counted, between these; hashes counted at a time, and the most that
# is told apart of one.
_TABLE = (10, 22)
_COUNTED = 1 << 16
# Bits of a bitmap (between, and by shingle of a text), pairs compared at a time.
_BITS = (64, 4096)
_BITS_BY_SHINGLE = 2
_COMPARED = 1 << 13
# Room for rounding in products that stand for whole numbers of shingles.
_ROUND = 1e-6


@frozen
class Prefixes:
    """The rare shingles by which texts are found, and the sets that tell most of them apart again.

    Shingles are ordered by how often they occur (counted in a table where some share a cell, which an order may
    do without harm) and then by hash. Two sets with Jaccard similarity t or more have c ≥ ⌈t·|x|⌉ elements in
    common, so that in any common order the first |x| - c + k of each hold the k first of those (Chaudhuri, Ganti,
    Kaushik 2006; Bayardo, Ma, Srikant 2007; for k over 1 Wang, Li, Feng 2012). Nothing is missed, whatever the
    order; a good one leaves few candidates.

    ``postings`` are sorted: the shingle in the high bits, the text's number in the ``low`` ones. ``sizes`` are
    the texts' distinct shingles by what a key keeps of a hash (36 bits and more), so that one may be missing of
    what the text has; every bound leaves room for one (two have a chance of 1e-10 for texts of 1,000 shingles).
    ``hashes`` are of all texts, ``units[i]`` of each; those at ``repeated`` occur elsewhere, as ``keys`` has them.
    Bitmaps are compared from ``bitmap_pairs`` candidates on.
    """

    threshold: float
    postings: Words
    low: int
    sizes: Rows
    hashes: Words
    units: Rows
    repeated: Rows
    keys: Words
    bitmap_pairs: int

    @classmethod
    def of(
        cls, texts: Sequence[str], shingling: Shingling, threshold: float, part: int = 0, bitmap_pairs: int = 0
    ) -> Prefixes:
        """Index ``texts``, none of them empty; at most four million, for the sake of the hashes' bits."""
        hashes, units = shingle_hashes(texts, shingling, part)
        rarity = _rarities(hashes)
        repeated = np.flatnonzero(rarity > 0)
        among = np.diff(np.searchsorted(repeated, np.cumsum(units)), prepend=0)
        low = max(len(units) - 1, 1).bit_length()
        keys = _keys(hashes[repeated], rarity[repeated], among, low)
        text = (keys >> np.uint64(64 - low)).astype(np.int64)
        counts = np.bincount(text, minlength=len(units))
        # What occurs once comes first in the order, and finds no partner.
        alone = units - among
        sizes = counts + alone
        length = sizes + 1 - _least_shared(sizes, threshold) + _SHARED
        chosen = np.arange(len(keys)) < (np.cumsum(counts) - counts + length - alone)[text]
        postings = (keys[chosen] << np.uint64(low)) | text[chosen].astype(np.uint64)
        postings.sort()
        return cls(threshold, postings, low, sizes, hashes, units, repeated, keys, bitmap_pairs)

    @property
    def pairs(self) -> int:
        """How many times two texts have a rare shingle in common."""
        sizes = np.diff(self._ends(), prepend=0)
        return int((sizes * (sizes - 1) // 2).sum())

    def candidates(self) -> tuple[Rows, Rows]:
        """Return the pairs of texts, first before second, that share enough rare shingles and may be alike."""
        ends = self._ends()
        sizes = np.diff(ends, prepend=0)
        later = np.repeat(sizes, sizes) - spread(sizes) - 1
        texts = self.postings & np.uint64((1 << self.low) - 1)
        packed: Words = np.repeat(texts << np.uint64(32), later)
        packed |= texts[np.repeat(np.arange(1, len(later) + 1), later) + spread(later)]
        packed.sort()
        heads = np.flatnonzero(np.append(True, packed[1:] != packed[:-1])[: len(packed)])
        shared, packed = np.diff(heads, append=len(packed)), packed[heads]
        first, second = (packed >> np.uint64(32)).astype(np.int64), (packed & np.uint64(0xFFFFFFFF)).astype(np.int64)
        least = _least_shared(np.maximum(self.sizes[first], self.sizes[second]), self.threshold) - 1
        enough = shared >= np.clip(least, 1, _SHARED)
        return self._plausible(first[enough], second[enough])

    def all_pairs(self) -> tuple[Rows, Rows]:
        """Return the pairs of all texts, first before second, that may be alike."""
        first, second = np.triu_indices(len(self.sizes), 1)
        return self._plausible(first, second)

    def _ends(self) -> Rows:
        tokens = self.postings >> np.uint64(self.low)
        return np.flatnonzero(np.append(tokens[1:] != tokens[:-1], True)[: len(tokens)]) + 1

    def _plausible(self, first: Rows, second: Rows) -> tuple[Rows, Rows]:
        """Leave out pairs whose numbers of shingles, or of bits in which bitmaps differ, are too far apart."""
        one, other = self.sizes[first], self.sizes[second]
        kept = np.minimum(one, other) + 1 >= self.threshold * np.maximum(one, other) - _ROUND
        first, second = first[kept], second[kept]
        if len(first) < self.bitmap_pairs:
            return first, second
        wanted = np.zeros(len(self.sizes), np.bool_)
        wanted[first] = wanted[second] = True
        bits, number = self._bitmaps(wanted), np.cumsum(wanted) - 1
        most = (1 - self.threshold) / (1 + self.threshold) * (self.sizes[first] + self.sizes[second] + 2) + _ROUND
        for start in range(0, len(first), _COMPARED):
            some = slice(start, start + _COMPARED)
            differing = bits.take(number[first[some]], axis=0)
            differing ^= bits.take(number[second[some]], axis=0)
            most[some] -= np.bitwise_count(differing).sum(axis=1, dtype=np.int64)
        return first[most >= 0], second[most >= 0]

    def _bitmaps(self, wanted: Mask) -> Words:
        """Return bitmaps of the texts ``wanted``, in which a set bit stands for an odd number of shingles.

        Two texts differ in at least as many shingles as their bitmaps do in bits (Sandes, Teodoro, Melo 2020).
        """
        number = np.cumsum(wanted) - 1
        bits = int(log2(np.clip(self.sizes[wanted].mean() * _BITS_BY_SHINGLE, *_BITS)) + 0.5)
        cells = np.zeros((int(number[-1]) + 1) << bits, np.uint8)
        once = np.repeat(wanted, self.units)
        once[self.repeated] = False
        owners = np.repeat(np.arange(len(wanted)), self.units)
        _flip(cells, number[owners[once]], self.hashes[once], bits)
        owners = (self.keys >> np.uint64(64 - self.low)).astype(np.int64)
        among = wanted[owners]
        _flip(cells, number[owners[among]], self.keys[among] << np.uint64(self.low + _CLASS_BITS), bits)
        cells &= 1
        return np.packbits(cells).view(np.uint64).reshape(-1, (1 << bits) // 64)


def _least_shared(sizes: Rows, threshold: float) -> Rows:
    """Return how many shingles a text of ``sizes`` and one more must share with one that is as similar."""
    least: Rows = np.ceil(threshold * (sizes + 1) - _ROUND).astype(np.int64)
    return least


def _flip(cells: npt.NDArray[np.uint8], numbers: Rows, hashes: Words, bits: int) -> None:
    where = (hashes >> np.uint64(64 - bits)).astype(np.int64)
    where += numbers << bits
    # Bytes wrap around, which leaves odd and even as they are.
    np.add.at(cells, where, np.uint8(1))


def _rarities(hashes: Words) -> npt.NDArray[np.uint8]:
    """Return the class of how often each hash occurs, 0 for once; higher where others share its cell of the table."""
    bits = min(max(len(hashes).bit_length(), _TABLE[0]), _TABLE[1])
    times = np.zeros(1 << bits, np.uint32)
    blocks = [slice(start, start + _COUNTED) for start in range(0, len(hashes), _COUNTED)]
    for block in blocks:
        np.add.at(times, _cells(hashes[block], bits), np.uint32(1))
    classes = np.minimum(_BY_DOUBLING * np.log2(np.arange(1, _COUNTED + 1)), (1 << _CLASS_BITS) - 1).astype(np.uint8)
    of_cell = classes[np.clip(times, 1, _COUNTED) - 1]
    return np.concatenate([of_cell[:0], *(of_cell[_cells(hashes[block], bits)] for block in blocks)])


def _cells(hashes: Words, bits: int) -> Rows:
    return (hashes >> np.uint64(64 - bits)).view(np.int64)


def _keys(hashes: Words, rarity: npt.NDArray[np.uint8], counts: Rows, low: int) -> Words:
    """Return the sorted distinct keys of ``counts`` hashes a text: its number above the rarity above the hash."""
    hashes >>= np.uint64(low + _CLASS_BITS)
    hashes |= rarity.astype(np.uint64) << np.uint64(64 - low - _CLASS_BITS)
    hashes |= np.repeat(np.arange(len(counts), dtype=np.uint64) << np.uint64(64 - low), counts)
    return distinct(hashes)

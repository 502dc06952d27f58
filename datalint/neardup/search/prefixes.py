"""Prefix filter: similar texts share some of their rarest shingles."""

from __future__ import annotations

from collections.abc import Sequence
from math import log2

import numpy as np
import numpy.typing as npt

from datalint.neardup.text.hashing import Mask, Rows, Words, distinct, spread
from datalint.neardup.text.shingles import Shingling, shingle_hashes
from datalint.support.classes import frozen

# Rare shingles that two texts must share: adjacent shingles occur together, so a single one means little.
_SHARED = 4
# Bits of the class of a shingle's rarity; there are four classes per doubling of its frequency.
_CLASS_BITS = 6
_BY_DOUBLING = 4
# Minimum and maximum bits of the table of frequencies; hashes that are counted at a time; the highest frequency that is
# distinguished.
_TABLE = (10, 22)
_COUNTED = 1 << 16
# Bits of a bitmap (minimum and maximum, and per shingle of a text), pairs compared at a time.
_BITS = (64, 4096)
_BITS_BY_SHINGLE = 2
_COMPARED = 1 << 13
# Tolerance for rounding in products that represent integer numbers of shingles.
_ROUND = 1e-6


@frozen
class Prefixes:
    """An index of texts by their rare shingles, with bitmaps that reject most of the candidates.

    Shingles are ordered by frequency (counted in a table in which some shingles share a cell, which is harmless for an
    order) and then by hash. Two sets with Jaccard similarity of at least t have c ≥ ⌈t·|x|⌉ elements in common, so in
    any common order the first |x| - c + k elements of each contain the first k of those (Chaudhuri, Ganti, Kaushik
    2006; Bayardo, Ma, Srikant 2007; for k > 1 Wang, Li, Feng 2012). Any order finds all pairs; a good one yields few
    candidates.

    ``postings`` are sorted, with the shingle in the high bits and the text's number in the ``low`` ones. ``sizes`` are
    the numbers of distinct shingles by the bits of a hash that a key keeps (36 or more), so one shingle may be missing;
    every bound allows for one (the probability of two is 1e-10 for texts of 1,000 shingles). ``hashes`` are those of
    all texts, ``units[i]`` of each; those at ``repeated`` also occur in other texts, with their ``keys``. Bitmaps are
    compared if there are at least ``bitmap_pairs`` candidates.
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
        """Index ``texts``, none of them empty; at most four million, so that keys keep enough bits of a hash."""
        hashes, units = shingle_hashes(texts, shingling, part)
        rarity = _rarities(hashes)
        repeated = np.flatnonzero(rarity > 0)
        among = np.diff(np.searchsorted(repeated, np.cumsum(units)), prepend=0)
        low = max(len(units) - 1, 1).bit_length()
        keys = _keys(hashes[repeated], rarity[repeated], among, low)
        text = (keys >> np.uint64(64 - low)).astype(np.int64)
        counts = np.bincount(text, minlength=len(units))
        # Shingles that occur once come first in the order and have no partner.
        alone = units - among
        sizes = counts + alone
        length = sizes + 1 - _least_shared(sizes, threshold) + _SHARED
        chosen = np.arange(len(keys)) < (np.cumsum(counts) - counts + length - alone)[text]
        postings = (keys[chosen] << np.uint64(low)) | text[chosen].astype(np.uint64)
        postings.sort()
        return cls(threshold, postings, low, sizes, hashes, units, repeated, keys, bitmap_pairs)

    @property
    def pairs(self) -> int:
        """The number of times that two texts have a rare shingle in common."""
        sizes = np.diff(self._ends(), prepend=0)
        return int((sizes * (sizes - 1) // 2).sum())

    def candidates(self) -> tuple[Rows, Rows]:
        """Return the pairs of texts, first before second, that share enough rare shingles and may be similar."""
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
        """Return the pairs of all texts, first before second, that may be similar."""
        first, second = np.triu_indices(len(self.sizes), 1)
        return self._plausible(first, second)

    def _ends(self) -> Rows:
        tokens = self.postings >> np.uint64(self.low)
        return np.flatnonzero(np.append(tokens[1:] != tokens[:-1], True)[: len(tokens)]) + 1

    def _plausible(self, first: Rows, second: Rows) -> tuple[Rows, Rows]:
        """Drop pairs whose numbers of shingles differ too much, or whose bitmaps differ in too many bits."""
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
        """Return bitmaps of the texts ``wanted``, in which a set bit means an odd number of shingles.

        Two texts differ in at least as many shingles as their bitmaps differ in bits (Sandes, Teodoro, Melo 2020).
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
    """Return how many shingles a text of ``sizes`` (plus one) must share with a text at the threshold."""
    least: Rows = np.ceil(threshold * (sizes + 1) - _ROUND).astype(np.int64)
    return least


def _flip(cells: npt.NDArray[np.uint8], numbers: Rows, hashes: Words, bits: int) -> None:
    where = (hashes >> np.uint64(64 - bits)).astype(np.int64)
    where += numbers << bits
    # Bytes wrap around, which does not change whether a number is odd.
    np.add.at(cells, where, np.uint8(1))


def _rarities(hashes: Words) -> npt.NDArray[np.uint8]:
    """Return the frequency class of each hash, 0 for one occurrence; higher if others share its cell of the table."""
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
    """Return the sorted distinct keys of ``counts`` hashes per text: from high bits to low, text, rarity and hash."""
    hashes >>= np.uint64(low + _CLASS_BITS)
    hashes |= rarity.astype(np.uint64) << np.uint64(64 - low - _CLASS_BITS)
    hashes |= np.repeat(np.arange(len(counts), dtype=np.uint64) << np.uint64(64 - low), counts)
    return distinct(hashes)

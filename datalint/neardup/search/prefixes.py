"""Prefix filter: similar texts share some of their rarest shingles."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, cached_property
from itertools import count
from math import log2
from typing import Any

import numpy as np
import numpy.typing as npt

from datalint.neardup.text.hashing import Halves, Mask, Rows, Words, portions, sort_runs
from datalint.neardup.text.shingles import Shingling, shingle_hashes
from datalint.support.classes import frozen
from datalint.support.distinct import without_repeats
from datalint.support.sorting import sorted_numbers

# Rare shingles that two texts must share: adjacent shingles occur together, so a single one means little.
_SHARED = 4
# Bits of the class of a shingle's rarity; there are four classes per doubling of its frequency.
_CLASS_BITS = 6
_BY_DOUBLING = 4
# Minimum and maximum bits of the table of frequencies; the highest frequency that is distinguished.
_TABLE = (10, 22)
_COUNTED = 1 << 16
# Units of texts that are hashed, counted and sorted at a time. Arrays of this size stay in the processor's cache, and
# the memory of one block is used for the next: arrays of all shingles cost as much to map as to fill.
_BLOCK = 1 << 16
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

    ``postings`` are sorted, with the shingle in the high bits and the text's rank in the ``low`` ones: its place in
    ``order``, in which texts with fewer shingles come first. ``sizes`` are the numbers of distinct shingles by the bits
    of a hash that a key keeps (36 or more), so one shingle may be missing; every bound allows for one (the probability
    of two is 1e-10 for texts of 1,000 shingles). ``keys`` are those of all texts, block by block, with the text in the
    high bits. Bitmaps are compared if there are at least ``bitmap_pairs`` candidates.
    """

    threshold: float
    postings: Words
    low: int
    sizes: Rows
    order: Rows
    keys: Sequence[Words]
    bitmap_pairs: int

    @classmethod
    def of(
        cls, texts: Sequence[str], shingling: Shingling, threshold: float, part: int = 0, bitmap_pairs: int = 0
    ) -> Prefixes:
        """Index ``texts``, none of them empty; at most four million, so that keys keep enough bits of a hash."""
        lengths = np.fromiter(map(len, texts), np.int64, len(texts))
        blocks = [shingle_hashes(texts[each], shingling, part) for each in portions(lengths, _BLOCK)]
        rarity = _rarities([hashes for hashes, _ in blocks])
        low = max(len(texts) - 1, 1).bit_length() + 1
        keys: list[Words] = []
        postings, sizes = [np.empty(0, np.uint64)], [np.empty(0, np.int64)]
        start = 0
        for hashes, units in blocks:
            keys.append(_keys(hashes, rarity, start, units, low))
            rare, counts = _rarest(keys[-1], start, len(units), threshold, low)
            postings.append(rare)
            sizes.append(counts)
            start += len(units)
        all_sizes, posted = np.concatenate(sizes), np.concatenate(postings)
        order = np.argsort(all_sizes, kind="stable")
        rank = np.empty((len(order), 2), np.uint64)
        rank[order] = np.arange(2 * len(order), dtype=np.uint64).reshape(-1, 2)
        texts_of = posted & np.uint64((1 << low) - 1)
        posted ^= texts_of
        posted |= rank.reshape(-1)[texts_of.view(np.int64)]
        return cls(threshold, sorted_numbers(posted), low, all_sizes, order, keys, bitmap_pairs)

    @cached_property
    def pairs(self) -> int:
        """The number of times that two texts have a rare shingle in common."""
        tokens = self.postings >> np.uint64(self.low)
        ends = np.flatnonzero(np.append(tokens[1:] != tokens[:-1], True)[: len(tokens)]) + 1
        sizes = np.diff(ends, prepend=0)
        return int((sizes * (sizes - 1) // 2).sum())

    def candidates(self) -> tuple[Rows, Rows]:
        """Return the pairs of texts, first before second, that share enough rare shingles and may be similar."""
        packed = sorted_numbers(self._sharing())
        heads = np.flatnonzero(np.append(True, packed[1:] != packed[:-1])[: len(packed)])
        shared, packed = np.diff(heads, append=len(packed)), packed[heads]
        rank_bits = self.low - 1
        larger = packed & packed.dtype.type((1 << rank_bits) - 1)
        least = np.clip(_least_shared(self.sizes[self.order], self.threshold) - 1, 1, _SHARED)
        enough = np.flatnonzero(shared >= least.astype(np.uint8)[larger])
        smaller = packed[enough] >> packed.dtype.type(rank_bits)
        return self._plausible(self.order[smaller], self.order[larger[enough]])

    def all_pairs(self) -> tuple[Rows, Rows]:
        """Return the pairs of all texts, first before second, that may be similar."""
        first, second = np.triu_indices(len(self.sizes), 1)
        one, other = self.sizes[first], self.sizes[second]
        kept = np.minimum(one, other) + 1 >= self.threshold * np.maximum(one, other) - _ROUND
        return self._plausible(first[kept], second[kept])

    def _sharing(self) -> Words | Halves:
        """Return the ranks of two texts, packed into one number, for each rare shingle that they have in common.

        Pairs whose sizes differ too much are left out: the larger text of a pair is at one of the next places that
        have the same shingle, up to the last rank whose size is not too large. Each round takes the next place.
        """
        sizes = self.sizes[self.order]
        last = np.searchsorted(sizes, (sizes + 1 + _ROUND) / self.threshold, side="right").astype(np.uint64)
        low_bits, one = np.uint64((1 << self.low) - 1), np.uint64(1)
        # Half as wide, numbers are sorted twice as fast.
        packed_type = np.uint32 if 2 * (self.low - 1) <= 32 else np.uint64
        found: list[npt.NDArray[Any]] = [np.empty(0, packed_type)]
        for start in range(0, len(self.postings), _BLOCK):
            postings = self.postings[start : start + _BLOCK]
            suffice = np.flatnonzero(postings & one)
            at, postings = start + suffice, postings[suffice]
            ranks = (postings & low_bits) >> one
            # The postings of a shingle up to the last rank are those below this bound.
            bounds = (postings & ~low_bits) + (last[ranks.view(np.int64)] << one)
            ranks = (ranks << np.uint64(self.low - 1)).astype(packed_type)
            for step in count(1):
                at = at[: np.searchsorted(at, len(self.postings) - step)]
                following = self.postings[at + step]
                near = np.flatnonzero(following < bounds[: len(at)])
                if not len(near):
                    break
                at, bounds, ranks = at[near], bounds[near], ranks[near]
                found.append(ranks | ((following[near] & low_bits) >> one).astype(packed_type))
        packed: Words | Halves = np.concatenate(found)
        return packed

    def _plausible(self, first: Rows, second: Rows) -> tuple[Rows, Rows]:
        """Drop pairs whose bitmaps differ in too many bits, and sort the others."""
        if len(first) >= self.bitmap_pairs:
            similar = self._alike(first, second)
            first, second = first[similar], second[similar]
        first, second = np.minimum(first, second), np.maximum(first, second)
        order = np.lexsort((second, first))
        return first[order], second[order]

    def _alike(self, first: Rows, second: Rows) -> Mask:
        """Return a mask of the pairs whose bitmaps do not differ in too many bits."""
        wanted = np.zeros(len(self.sizes), np.bool_)
        wanted[first] = wanted[second] = True
        bits, number = self._bitmaps(wanted), np.cumsum(wanted) - 1
        most = (1 - self.threshold) / (1 + self.threshold) * (self.sizes[first] + self.sizes[second] + 2) + _ROUND
        for start in range(0, len(first), _COMPARED):
            some = slice(start, start + _COMPARED)
            differing = bits.take(number[first[some]], axis=0)
            differing ^= bits.take(number[second[some]], axis=0)
            most[some] -= np.bitwise_count(differing).sum(axis=1, dtype=np.int64)
        return np.asarray(most >= 0)

    def _bitmaps(self, wanted: Mask) -> Words:
        """Return bitmaps of the texts ``wanted``, in which a set bit means an odd number of shingles.

        Two texts differ in at least as many shingles as their bitmaps differ in bits (Sandes, Teodoro, Melo 2020).
        """
        number = np.cumsum(wanted) - 1
        bits = int(log2(np.clip(self.sizes[wanted].mean() * _BITS_BY_SHINGLE, *_BITS)) + 0.5)
        made = []
        for keys in self.keys:
            owners = (keys >> np.uint64(64 - self.low)).view(np.int64)
            among = np.flatnonzero(wanted[owners])
            if not len(among):
                continue
            owners, hashes = number[owners[among]], keys[among] << np.uint64(self.low + _CLASS_BITS)
            first, last = owners[0], owners[-1]
            cells = ((owners - first) << bits) + (hashes >> np.uint64(64 - bits)).view(np.int64)
            odd = np.bincount(cells, minlength=(last - first + 1) << bits).astype(np.uint8) & 1
            made.append(np.packbits(odd))
        return np.concatenate(made).view(np.uint64).reshape(-1, (1 << bits) // 64)


def _least_shared(sizes: Rows, threshold: float) -> Rows:
    """Return how many shingles a text of ``sizes`` (plus one) must share with a text at the threshold."""
    least: Rows = np.ceil(threshold * (sizes + 1) - _ROUND).astype(np.int64)
    return least


def _rarities(blocks: Sequence[Words]) -> npt.NDArray[np.uint8]:
    """Return a table of the frequency class of each hash, 0 for one occurrence; higher if others share its cell."""
    bits = min(max(sum(map(len, blocks)).bit_length(), _TABLE[0]), _TABLE[1])
    times = np.zeros(1 << bits, np.uint32)
    for hashes in blocks:
        np.add.at(times, _cells(hashes, times), np.uint32(1))
    of_cell = np.empty(len(times), np.uint8)
    # Places are converted to 64 bits, of a block at a time.
    for start in range(0, len(times), _BLOCK):
        some = slice(start, start + _BLOCK)
        _classes().take(times[some], mode="clip", out=of_cell[some])
    return of_cell


@cache
def _classes() -> npt.NDArray[np.uint8]:
    """Return the class of each frequency up to the highest that is distinguished."""
    times = np.maximum(np.arange(_COUNTED + 1), 1)
    classes: npt.NDArray[np.uint8] = np.minimum(_BY_DOUBLING * np.log2(times), (1 << _CLASS_BITS) - 1).astype(np.uint8)
    return classes


def _cells(hashes: Words, table: npt.NDArray[np.uint8] | Halves) -> Rows:
    bits = len(table).bit_length() - 1
    return (hashes >> np.uint64(64 - bits)).view(np.int64)


def _keys(hashes: Words, rarity: npt.NDArray[np.uint8], start: int, units: Rows, low: int) -> Words:
    """Return the sorted distinct keys of the texts from ``start`` on, which have ``units`` hashes each.

    From high bits to low, a key has the text, the class of the shingle's frequency, and its hash.
    """
    classes = rarity[_cells(hashes, rarity)].astype(np.uint64)
    texts = np.arange(start, start + len(units), dtype=np.uint64)
    keys: Words = hashes >> np.uint64(low + _CLASS_BITS)
    keys |= classes << np.uint64(64 - low - _CLASS_BITS)
    keys |= np.repeat(texts << np.uint64(64 - low), units)
    # Texts are in the highest bits, in ascending order.
    sort_runs(keys, units)
    return without_repeats(keys)


def _rarest(keys: Words, start: int, texts: int, threshold: float, low: int) -> tuple[Words, Rows]:
    """Return postings of the rarest shingles of each text, with its number, and the number of shingles of each.

    The lowest bit is set if a shingle suffices in the smaller text of a pair. A shingle that occurs once comes first in
    the order, and has no partner and no posting.
    """
    owners = (keys >> np.uint64(64 - low)).view(np.int64) - start
    sizes = np.bincount(owners, minlength=texts)
    firsts = np.cumsum(sizes) - sizes
    length = sizes + 1 - _least_shared(sizes, threshold) + _SHARED
    rare = keys << np.uint64(low)
    posted = np.flatnonzero(
        (np.arange(len(keys)) < (firsts + length)[owners]) & (rare >= np.uint64(1 << (64 - _CLASS_BITS)))
    )
    owners = owners[posted]
    both = np.ceil(2 * threshold / (1 + threshold) * sizes - _ROUND).astype(np.int64)
    suffices = posted < (firsts + sizes + 1 - both + _SHARED)[owners]
    return rare[posted] | ((owners + start) << 1 | suffices).astype(np.uint64), sizes

"""Candidate pairs by banding (locality-sensitive hashing): rows whose signatures agree in all bins of a band."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from datalint.neardup.sketch.bit_prints import close, most_differing
from datalint.neardup.sketch.one_permutation import BINS
from datalint.neardup.text.hashing import Halves, Rows, Words, constant, portions, spread
from datalint.support.classes import frozen
from datalint.support.sorting import sorted_numbers

if TYPE_CHECKING:
    from datalint.neardup.compiled.written import Kernels


# Bands whose keys are computed together (two cache lines of bins, if a band has four), and rows at a time.
_TOGETHER = 16
_ROWS = 1 << 11
# Slots per key in the table that finds possibly repeated keys, and bits of the smallest table.
_SLOTS = 4
_LEAST_BITS = 6
_LOW = np.uint64((1 << 32) - 1)
_ODD = np.uint64(constant(30))


@frozen
class Band:
    """The buckets of one band; rows are positions in the given order.

    ``rows`` lists the rows of enumerated buckets, bucket by bucket: the row at position p is a candidate pair with each
    row at ``partners[p]`` up to ``ends[p]``, and a bucket begins at each of ``heads``. ``hot`` is ``(bucket of each
    row, row)`` for the buckets that are too large to enumerate.
    """

    rows: Rows
    heads: Rows
    partners: Rows
    ends: Rows
    hot: tuple[Rows, Rows]

    def stars(self, words: Words, threshold: float, kernels: Kernels | None) -> tuple[Rows, Rows]:
        """Return the pairs of each bucket's first row with the other rows; see :meth:`close_pairs`."""
        first, second = _close_pairs(
            words, self.heads, self.partners[self.heads], self.ends[self.heads], threshold, kernels
        )
        return self.rows[first], self.rows[second]

    def close_pairs(
        self, words: Words, threshold: float, most: int, kernels: Kernels | None, *, stars: bool = True
    ) -> Iterator[tuple[Rows, Rows]]:
        """Yield the pairs whose prints do not rule out the threshold; each once, first before second.

        ``words`` (2, n) are the prints of ``rows``; ``most`` pairs are compared at a time. Without ``stars``, pairs of
        a bucket's first row are left out, so the many buckets of two rows yield nothing.
        """
        counts = self.ends - self.partners
        if not stars:
            counts[self.heads] = 0
        for block in portions(counts, most):
            owners, ends = np.arange(block.start, block.stop), self.ends[block]
            first, second = _close_pairs(words, owners, ends - counts[block], ends, threshold, kernels)
            if len(first):
                yield self.rows[first], self.rows[second]


def _close_pairs(
    words: Words, owners: Rows, partners: Rows, ends: Rows, threshold: float, kernels: Kernels | None
) -> tuple[Rows, Rows]:
    """Return the close pairs of ``owners[i]`` with ``partners[i]`` up to ``ends[i]``."""
    counts = ends - partners
    if kernels is None:
        first, second = np.repeat(owners, counts), np.repeat(partners, counts) + spread(counts)
        kept = close(words, first, second, threshold)
        return first[kept], second[kept]
    first, second = np.empty((2, int(counts.sum())), np.int64)
    most = np.array(most_differing(threshold), np.int64)
    found = kernels.pairs.close_pairs(words, owners, partners, ends, most, first, second)
    return first[:found], second[:found]


def band_width(threshold: float) -> int:
    """Return the number of bins per band: the largest with which few pairs at ``threshold`` are missed."""
    return 4 if threshold >= 0.65 else 3 if threshold >= 0.5 else 2


def miss_probability(similarity: float, threshold: float) -> float:
    """Return the probability that a pair of ``similarity`` s shares none of b = 128/r bands: ``(1 - s^r)^b``.

    At threshold 0.7: 1.6e-4 at 0.7, 5e-6 at 0.75, 1e-7 at 0.8. Comparing prints adds less than
    :data:`~datalint.neardup.sketch.bit_prints.OVERSIGHT` at the threshold, and even less above it.
    """
    width = band_width(threshold)
    return float((1 - similarity**width) ** (BINS // width))


def band_keys(
    signatures: npt.NDArray[np.uint16],
    rows: Rows,
    width: int,
    kernels: Kernels | None = None,
    scratch: Callable[[tuple[int, ...], Any], npt.NDArray[Any]] = np.empty,
) -> Iterator[Halves]:
    """Yield for each band an array with one key per row; rows with equal bins in the band have equal keys.

    The array is overwritten in the next step, so copy it to keep it. The keys of other rows are equal by chance in 1 of
    2^32 pairs; prints and verification reject these. ``scratch`` makes the array for the keys.
    """
    bands = BINS // width
    buffer = scratch((min(_TOGETHER, bands), len(rows)), np.uint32)
    for first in range(0, bands, _TOGETHER):
        keys = buffer[: bands - first]
        bins = slice(first * width, (first + len(keys)) * width)
        if kernels is not None:
            kernels.pairs.fill_keys(signatures, rows, bins.start, width, _ODD, keys)
        else:
            for start in range(0, len(rows), _ROWS):
                block = slice(start, start + _ROWS)
                words = np.zeros((len(rows[block]), len(keys), 4), np.uint16)
                words[:, :, :width] = signatures[rows[block], bins].reshape(-1, len(keys), width)
                keys[:, block] = (words.view(np.uint64)[:, :, 0].T * _ODD) >> np.uint64(32)
        yield from keys


@frozen
class Buckets:
    """The rows of a band that share their key with another row, bucket by bucket, in order within a bucket.

    Attributes:
        rows: (n,) positions of the rows.
        heads: start of each bucket in ``rows``.
        partners: (n,) start of each row's candidates in ``rows``; they extend to ``ends``.
        ends: (n,) end of each row's bucket in ``rows``.
    """

    rows: Rows
    heads: Rows
    partners: Rows
    ends: Rows

    def band(self, limit: int | None, budget: int) -> Band:
        """Choose which buckets are enumerated.

        Args:
            limit: a bucket with more pairs than this many rows have is hot (not enumerated). None enumerates all
                buckets, regardless of the budget.
            budget: maximum number of pairs to enumerate; the largest buckets beyond that are hot too.
        """
        sizes = np.diff(self.heads, append=len(self.rows))
        pairs = np.add.reduceat(self.ends - self.partners, self.heads) if len(self.heads) else sizes
        large = pairs > _most_pairs(pairs, limit, budget)
        stays = ~large & (pairs > 0)
        if stays.all():
            return Band(self.rows, self.heads, self.partners, self.ends, (self.rows[:0], self.rows[:0]))
        bucket = np.repeat(np.arange(len(self.heads)), sizes)
        hot, kept = large[bucket], stays[bucket]
        # Only entire buckets are removed, so all positions of a remaining bucket shift by the same number.
        gone = np.cumsum(~kept)[kept]
        heads = np.cumsum(sizes[stays]) - sizes[stays]
        places = self.partners[kept] - gone, self.ends[kept] - gone
        return Band(self.rows[kept], heads, *places, (bucket[hot], self.rows[hot]))


def sort_rows(keys: Halves, group: npt.NDArray[np.uint8] | None, kernels: Kernels | None = None) -> Buckets:
    """Sort rows into the buckets of a band; if there are groups, rows are ordered by group.

    With ``group`` (the group of each row), only rows of different groups are candidates.
    """
    # With the row's position in the low bits, a sort of plain numbers replaces a slower argsort.
    packed = sorted_numbers(packed_keys(keys, kernels))
    alike = np.zeros(len(packed) + 1, np.bool_)
    np.less_equal(packed[1:] ^ packed[:-1], _LOW, out=alike[1:-1])
    shared = np.flatnonzero(alike[1:] | alike[:-1])
    rows = (packed[shared] & _LOW).astype(np.int64)
    heads = np.flatnonzero(~alike[shared])
    sizes = np.diff(heads, append=len(rows))
    partners = np.arange(1, len(rows) + 1) if group is None else _run_ends(group[rows], heads)
    return Buckets(rows, heads, partners, np.repeat(heads + sizes, sizes))


def packed_keys(keys: Halves, kernels: Kernels | None) -> Words:
    """Pack keys with the rows' positions in the low bits; compiled code also drops most keys that occur once."""
    if kernels is None or not len(keys):
        packed = keys.astype(np.uint64)
        packed <<= np.uint64(32)
        packed |= np.arange(len(keys), dtype=np.uint64)
        return packed
    bits = min(max((_SLOTS * len(keys)).bit_length(), _LEAST_BITS), 32)
    seen, packed = np.zeros(1 << (bits - 5), np.uint64), np.empty(len(keys) + 1, np.uint64)
    return packed[: kernels.pairs.shared_keys(keys, np.uint32(32 - bits), seen, packed)]


def _run_ends(group: npt.NDArray[np.uint8], heads: Rows) -> Rows:
    """Return for each position the end of the run of its group within its bucket."""
    begins = np.ones(len(group), np.bool_)
    np.not_equal(group[1:], group[:-1], out=begins[1:])
    begins[heads] = True
    starts = np.flatnonzero(begins)
    sizes = np.diff(starts, append=len(group))
    return np.repeat(starts + sizes, sizes)


def _most_pairs(pairs: Rows, limit: int | None, budget: int) -> int:
    """Return the maximum number of pairs of an enumerated bucket: that of ``limit`` rows, fewer to meet ``budget``."""
    if limit is None:
        return int(pairs.max(initial=0))
    most = limit * (limit - 1) // 2
    ordered = np.sort(pairs[pairs <= most])
    within = int(np.searchsorted(np.cumsum(ordered), budget, side="right"))
    return most if within == len(ordered) else int(ordered[within]) - 1

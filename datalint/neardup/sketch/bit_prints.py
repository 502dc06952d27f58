"""Prints: one bit per bin of a signature, which rejects most candidates at a fraction of the cost."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from math import comb
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from datalint.neardup.sketch.one_permutation import BINS
from datalint.neardup.text.hashing import Mask, Rows, Words

if TYPE_CHECKING:
    from datalint.neardup.compiled.written import Kernels


#: The probability that a pair with exactly the threshold's similarity is rejected because of its prints.
OVERSIGHT = 1e-6
# An estimate this far above the threshold is trusted (2.4 standard deviations of 128 bits at 0.7).
_SURE = 0.15
_WORD = 64
_BLOCK = 1 << 14
# Pairs of signatures compared at a time.
_PAIRS = 1 << 13


def prints(
    signatures: npt.NDArray[np.uint16],
    rows: Rows,
    kernels: Kernels | None = None,
    scratch: Callable[[tuple[int, ...], Any], npt.NDArray[Any]] = np.empty,
) -> Words:
    """Return (2, k) words with the parity of each bin of ``rows``, 64 bins per word.

    Equal bins have equal parities, and other bins in half of the cases (b-bit minwise hashing, Li and König 2010, with
    b = 1), so a pair of similarity s agrees in (1 + s) / 2 of the bits. The parity covers all 16 bits of a bin, because
    the low bits are correlated in short texts and the high bits are zero in long texts. ``scratch`` makes the array.
    """
    words = scratch((2, len(rows)), np.uint64)
    if kernels is not None:
        kernels.pairs.fill_prints(signatures, rows, words)
        return words
    for start in range(0, len(rows), _BLOCK):
        block = slice(start, start + _BLOCK)
        parities = np.packbits(np.bitwise_count(signatures[rows[block]]) & np.uint8(1), axis=1)
        words[:, block] = parities.view(np.uint64).T
    return words


def close(words: Words, first: Rows, second: Rows, threshold: float) -> Rows:
    """Return the positions at which the prints of ``first`` and ``second`` (columns of ``words``) are close enough."""
    kept = np.arange(0)
    differing: npt.NDArray[np.uint8] | None = None
    for word, most in zip(words, most_differing(threshold), strict=True):
        if differing is None:
            differing = np.bitwise_count(word.take(first) ^ word.take(second))
            kept = np.flatnonzero(differing <= most)
        else:
            more = np.bitwise_count(word.take(first[kept]) ^ word.take(second[kept]))
            kept = kept[differing[kept] + more <= most]
    return kept


def differing_prints(words: Words, first: Rows, second: Rows) -> npt.NDArray[np.uint8]:
    """Return how many bits of the prints of ``first`` and ``second`` differ."""
    differing = np.zeros(len(first), np.uint8)
    for word in words:
        differing += np.bitwise_count(word.take(first) ^ word.take(second))
    return differing


@lru_cache(maxsize=16)
def most_differing(threshold: float) -> tuple[int, ...]:
    """Return how many of the first 64 bits, and of all 128 bits, may differ.

    In a pair at the threshold, more bits differ with a probability below half of :data:`OVERSIGHT` each. Bits are
    assumed to be independent, as bins are for the bands.
    """
    limits = []
    share = (1 - threshold) / 2
    for bits in range(_WORD, BINS + 1, _WORD):
        rest, most = 0.0, bits
        while most and (rest := rest + comb(bits, most) * share**most * (1 - share) ** (bits - most)) < OVERSIGHT / 2:
            most -= 1
        limits.append(most)
    return tuple(limits)


def surely_alike(words: Words, first: Rows, second: Rows, threshold: float) -> Mask:
    """Return a mask of the pairs that agree in so many bits that they almost certainly reach the threshold."""
    mask: Mask = differing_prints(words, first, second) <= (1 - threshold - _SURE) / 2 * BINS
    return mask


def equal_bins(
    signatures: npt.NDArray[np.uint16], first: Rows, second: Rows, kernels: Kernels | None = None
) -> npt.NDArray[np.uint8]:
    """Return for each pair of rows how many of the 128 bins are equal."""
    result = np.empty(len(first), np.uint8)
    if kernels is not None:
        kernels.pairs.count_equal(signatures, first, second, result)
        return result
    for start in range(0, len(first), _PAIRS):
        chosen = slice(start, start + _PAIRS)
        equal = signatures.take(first[chosen], axis=0) == signatures.take(second[chosen], axis=0)
        # 128 fits into a byte, and summing bytes is three times faster than counting booleans.
        np.add.reduce(equal.view(np.uint8), axis=1, dtype=np.uint8, out=result[chosen])
    return result

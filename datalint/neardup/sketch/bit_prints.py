"""Prints: one bit of each bin, with which most candidates are told apart at a fraction of the cost."""

from __future__ import annotations

from functools import lru_cache
from math import comb
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from datalint.neardup.sketch.one_permutation import BINS
from datalint.neardup.text.hashing import Mask, Rows, Words

if TYPE_CHECKING:
    from datalint.neardup.compiled.dispatch import Kernels


#: The chance that a pair of exactly the threshold's similarity is dropped for its prints.
OVERSIGHT = 1e-6
# So far over the threshold an estimate is trusted (2.4 standard deviations of 128 bits at 0.7).
_SURE = 0.15
_WORD = 64
_BLOCK = 1 << 14
# Pairs of signatures compared at a time.
_PAIRS = 1 << 13


def prints(signatures: npt.NDArray[np.uint16], rows: Rows, kernels: Kernels | None = None) -> Words:
    """Return (2, k) words: the parity of each bin of ``rows``, 64 bins to a word.

    Equal bins have equal parities, others by chance in half of the cases (b-bit minwise hashing, Li and König
    2010, with b = 1), so a pair of similarity s agrees in (1 + s) / 2 of the bits. The parity of all 16 bits of a
    bin, for the low ones hang together in short texts and the high ones are zeros in long texts.
    """
    if kernels is not None:
        words = np.empty((2, len(rows)), np.uint64)
        kernels.pairs.fill_prints(signatures, rows, words)
        return words
    result = np.empty((len(rows), BINS // 8), np.uint8)
    for start in range(0, len(rows), _BLOCK):
        block = slice(start, start + _BLOCK)
        result[block] = np.packbits(np.bitwise_count(signatures[rows[block]]) & np.uint8(1), axis=1)
    return np.ascontiguousarray(result.view(np.uint64).T)


def close(words: Words, first: Rows, second: Rows, threshold: float) -> Rows:
    """Return where the prints of ``first`` and ``second`` (columns of ``words``) leave the threshold possible."""
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
    """Return how many of the first 64 and of all 128 bits may differ.

    More differ in a pair of the threshold's similarity with a chance under half of :data:`OVERSIGHT` each. Bits
    are taken as independent, as bins are for the bands.
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
    """Return which pairs agree in so many bits that their similarity is nearly sure to reach the threshold."""
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
        # 128 fits a byte, and summing bytes is three times faster than counting booleans.
        np.add.reduce(equal.view(np.uint8), axis=1, dtype=np.uint8, out=result[chosen])
    return result

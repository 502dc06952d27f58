"""Candidate pairs of all bands, each pair once, without those that their prints rule out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import field
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from datalint.neardup.limits import Limits
from datalint.neardup.search.bands import Band, band_keys, band_width, sort_rows
from datalint.neardup.search.crowds import Anchors
from datalint.neardup.sketch.bit_prints import differing_prints, prints
from datalint.neardup.text.hashing import Mask, Rows, Words
from datalint.support.classes import mutable
from datalint.support.distinct import distinct
from datalint.support.prefetch import prefetch

if TYPE_CHECKING:
    from datalint.neardup.compiled.written import Kernels


# In a sparing search, pairs that are collected before the first ones are passed on: per row, and at least.
_FIRST_BY_ROW, _LEAST_FIRST = 4, 1 << 18
# Pairs of signatures that are compared at a time.
_COMPARED = 1 << 13
# Pairs of a band that are enumerated, and those that remain after comparing prints: per row, and at least.
_PAIRS_BY_ROW, _LEAST_PAIRS = 8, 1 << 20
_CLOSE_BY_ROW, _LEAST_CLOSE = 1, 1 << 16

# Rows from which the next band is sorted in the background while pairs are compared.
_MANY = 1 << 16

_Packed = list[Words]
#: Returns a mask of the pairs of row numbers that still matter, given how many bits of their prints differ.
Useful = Callable[[Rows, Rows, npt.NDArray[np.uint8]], Mask]


@mutable
class Candidates:
    """The candidate pairs among ``rows`` (ordered by group, if there are groups), and which rows were crowded.

    With ``spare``, pairs of a bucket's first row come before the other pairs of the bucket, which are skipped if the
    former connect their rows. ``crowds`` counts the buckets, over all bands, that were anchored instead of enumerated;
    ``crowded`` is a mask of the positions in ``rows`` that were in one. Both grow while :meth:`blocks` is consumed.
    """

    signatures: npt.NDArray[np.uint16]
    rows: Rows
    threshold: float
    groups: npt.NDArray[np.uint8] | None
    limit: int | None
    spare: bool
    limits: Limits
    kernels: Kernels | None = None
    scratch: Callable[[tuple[int, ...], Any], npt.NDArray[Any]] = np.empty
    crowds: int = 0
    _words: Words = field(init=False)
    # One bit per band, set if the row's bucket was not enumerated.
    _bands: Words = field(init=False)
    _enumerated: int = 0
    _close: int = 0

    def __post_init__(self) -> None:
        self._words = prints(self.signatures, self.rows, self.kernels, self.scratch)
        self._bands = np.zeros(len(self.rows), np.uint64)

    @property
    def crowded(self) -> Mask:
        """Mask of the positions that were in an anchored bucket."""
        mask: Mask = self._bands != 0
        return mask

    def blocks(self, useful: Useful) -> Iterator[tuple[Rows, Rows]]:
        """Yield pairs of row numbers in blocks of bounded size; with ``spare``, only those that are ``useful``.

        Each pair occurs once, except pairs of crowded buckets. With ``spare``, pairs may repeat.
        """
        group = None if self.groups is None else self.groups[self.rows]
        anchors = Anchors(self._words, self.threshold, group)
        soon: _Packed = []
        later: _Packed = []
        pending, handed, most = 0, False, self._first()
        keys = band_keys(self.signatures, self.rows, band_width(self.threshold), self.kernels, self.scratch)
        bands = (sort_rows(each, group, self.kernels) for each in keys)
        for number, buckets in enumerate(prefetch(bands) if len(self.rows) >= _MANY else bands):
            band = buckets.band(self.limit, self._budget())
            self._note(number, band)
            for first, second, waiting in self._pairs(band, anchors, soon, later):
                if self.spare:
                    differing = differing_prints(self._words, first, second)
                    kept = useful(self.rows[first], self.rows[second], differing)
                    first, second = first[kept], second[kept]
                if handed and number and not self.spare:
                    fresh = ~self._came(first, second, number)
                    first, second = first[fresh], second[fresh]
                waiting.append(first.astype(np.uint64) << np.uint64(32) | second.astype(np.uint64))
                pending += len(first)
                if pending > most:
                    yield from self._hand_on(soon, later)
                    pending, handed, most = 0, True, min(2 * most, self.limits.candidate_pairs)
        yield from self._hand_on(soon, later)

    def _first(self) -> int:
        """Return the number of pairs after which the first are passed on: few with ``spare``, as they save others."""
        most = self.limits.candidate_pairs
        return min(max(_FIRST_BY_ROW * len(self.rows), _LEAST_FIRST), most) if self.spare else most

    def _budget(self) -> int:
        """Return how many pairs of the next band may be enumerated: fewer if prints reject few pairs."""
        rows = len(self.rows)
        most = max(_PAIRS_BY_ROW * rows, _LEAST_PAIRS)
        if not self._enumerated:
            return most
        return min(most, max(_CLOSE_BY_ROW * rows, _LEAST_CLOSE) * self._enumerated // max(self._close, 1))

    def _note(self, number: int, band: Band) -> None:
        bucket, members = band.hot
        self.crowds += len(distinct(bucket))
        self._bands[members] |= np.uint64(1 << number)
        self._enumerated += int((band.ends - band.partners).sum())

    def _pairs(
        self, band: Band, anchors: Anchors, soon: _Packed, later: _Packed
    ) -> Iterator[tuple[Rows, Rows, _Packed]]:
        yield *anchors.pairs(*band.hot), soon
        apart = self.spare and self.groups is None
        words = self._words.take(band.rows, axis=1)
        if apart:
            first, second = band.stars(words, self.threshold, self.kernels)
            self._close += len(first)
            yield first, second, soon
        for first, second in band.close_pairs(
            words, self.threshold, self.limits.print_pairs, self.kernels, stars=not apart
        ):
            self._close += len(first)
            yield first, second, later

    def _came(self, first: Rows, second: Rows, bands: int) -> Mask:
        """Return which pairs share a bucket that was enumerated in one of the first ``bands``."""
        width = band_width(self.threshold)
        came = np.empty(len(first), np.bool_)
        bits = np.arange(bands, dtype=np.uint64)
        for start in range(0, len(first), _COMPARED):
            some = slice(start, start + _COMPARED)
            bins = slice(0, bands * width)
            equal = self.signatures[self.rows[first[some]], bins] == self.signatures[self.rows[second[some]], bins]
            hot = (self._bands[first[some], None] >> bits & np.uint64(1)).astype(np.bool_)
            came[some] = (equal.reshape(-1, bands, width).all(axis=2) & ~hot).any(axis=1)
        return came

    def _hand_on(self, *kinds: _Packed) -> Iterator[tuple[Rows, Rows]]:
        for packed in kinds:
            if packed:
                pairs = distinct(np.concatenate(packed))
                packed.clear()
                first, second = pairs >> np.uint64(32), pairs & np.uint64(0xFFFFFFFF)
                yield self.rows[first.astype(np.int64)], self.rows[second.astype(np.int64)]

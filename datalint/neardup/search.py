"""The search itself: which candidates are verified, in what order."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from datalint.neardup.graph import components
from datalint.neardup.hashing import Mask, Rows
from datalint.neardup.sketch import BINS
from datalint.neardup.verify import Similarities, Verifier

# Pairs verified at a time: many at once cost less each, but those of one portion cannot spare each other.
_PORTION = 1 << 20
_FIRST_PORTION = 1 << 16
_GROWTH = 4
#: How far an estimate may stay below the threshold in a sparing search: 3 of the standard deviations seen at 0.7,
#: nearly 5 at 0.75. And of a row that differed from so many others that it counts as one of a template family.
DOUBT = 0.1
_TEMPLATE = 16
_TEMPLATE_DOUBT = 0.05

_Candidates = tuple[Rows, Rows, npt.NDArray[np.uint8]]


@dataclass(slots=True)
class Search:
    """Takes candidates, verifies the plausible ones in portions, and keeps those that are alike.

    With ``spare``, candidates that verified pairs connect already are left out, as it takes few pairs to connect
    a cluster; if ``grouped``, those whose second row has a partner. Those of rows that differed from 16 others
    are left out unless nearly sure, and the rows marked in ``left_out``: else every row of a large template
    family would be verified against all others.
    """

    verifier: Verifier
    spare: bool
    grouped: bool
    left_out: Mask = field(init=False)
    _labels: Rows = field(init=False)
    _partnered: Mask = field(init=False)
    _failures: Rows = field(init=False)
    _portion: int = field(init=False)
    _waiting: list[_Candidates] = field(default_factory=list)
    _held: int = 0
    _found: list[tuple[Rows, Rows, Similarities]] = field(default_factory=list)

    def __post_init__(self) -> None:
        rows = len(self.verifier.sketches)
        self.left_out, self._partnered = np.zeros(rows, np.bool_), np.zeros(rows, np.bool_)
        self._labels, self._failures = np.arange(rows), np.zeros(rows, np.int64)
        self._portion = _FIRST_PORTION if self.spare else _PORTION

    def add(self, first: Rows, second: Rows) -> None:
        """Take candidates."""
        bins = self.verifier.plausible_bins(first, second)
        self._waiting.append(self._needed(first, second, bins))
        self._held += len(self._waiting[-1][0])
        if self._held > self._portion:
            self._verify()

    def finish(self) -> tuple[Rows, Rows, Similarities]:
        """Return the pairs that are alike, in no order; a pair may come twice."""
        if self._waiting:
            self._verify()
        if not self._found:
            return np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.float64)
        first, second, similarity = (np.concatenate(columns) for columns in zip(*self._found, strict=True))
        return first, second, similarity

    def _needed(self, first: Rows, second: Rows, bins: npt.NDArray[np.uint8]) -> _Candidates:
        needed = bins > 0
        if self.spare:
            least = self.verifier.threshold * BINS
            needed &= (bins >= least - DOUBT * BINS) & ~self._connected(first, second)
            template = np.maximum(self._failures[first], self._failures[second]) > _TEMPLATE
            dropped = needed & template & (bins < least - _TEMPLATE_DOUBT * BINS)
            self.left_out[first[dropped]] = self.left_out[second[dropped]] = True
            needed &= ~dropped
        return first[needed], second[needed], bins[needed]

    def _connected(self, first: Rows, second: Rows) -> Mask:
        return self._partnered[second] if self.grouped else self._labels[first] == self._labels[second]

    def _verify(self) -> None:
        first, second, bins = _once(*(np.concatenate(columns) for columns in zip(*self._waiting, strict=True)))
        self._waiting, self._held = [], 0
        while len(first):
            a, b = first[: self._portion], second[: self._portion]
            similarity = self.verifier.exact(a, b)
            alike = similarity >= self.verifier.threshold
            self._found.append((a[alike], b[alike], similarity[alike]))
            if self.spare:
                self._learn(a, b, alike)
            rest = slice(self._portion, None)
            first, second, bins = self._needed(first[rest], second[rest], bins[rest])
            self._portion = min(_GROWTH * self._portion, _PORTION)

    def _learn(self, first: Rows, second: Rows, alike: Mask) -> None:
        rows = len(self._labels)
        for side in (first, second):
            self._failures += np.bincount(side[~alike], minlength=rows)
        if self.grouped:
            self._partnered[second[alike]] = True
            return
        left, right = self._labels[first[alike]], self._labels[second[alike]]
        self._labels = components(left, right, rows)[self._labels]


def _once(first: Rows, second: Rows, bins: npt.NDArray[np.uint8]) -> _Candidates:
    """Return each pair once, sorted; those of a bucket's first row come once for every band."""
    order = np.lexsort((second, first))
    first, second = first[order], second[order]
    fresh = np.ones(len(order), np.bool_)
    fresh[1:] = (first[1:] != first[:-1]) | (second[1:] != second[:-1])
    return first[fresh], second[fresh], bins[order][fresh]

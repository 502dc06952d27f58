"""The search itself: which candidates are verified, in what order."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from datalint.neardup.graph import components
from datalint.neardup.hashing import Mask, Rows, Words, spread
from datalint.neardup.sketch import BINS
from datalint.neardup.verify import Similarities, Verifier

# Pairs verified at a time.
_PORTION = 1 << 20
#: How far an estimate may stay below the threshold in a sparing search: 3 of the standard deviations seen at 0.7,
#: nearly 5 at 0.75. So far over it, one pair is as good as another.
DOUBT = 0.1
# Earlier rows that a row is verified against.
_PARTNERS = 4
# Candidates of a row under the threshold by their estimates, beyond which it may be one of a template family. Of
# such rows, pairs that are verified first, and the share of them that must be alike for others to be worth it.
_TEMPLATE = 2
_TRIAL = 1 << 13
_WORTH = 1 / 4
# Bits for the place of a candidate in a portion, and a number that no row has.
_PLACE = 24
_ALL = (1 << 32) - 1

_Bins = npt.NDArray[np.uint8]
_Candidates = tuple[Rows, Rows, _Bins]


@dataclass(slots=True)
class Search:
    """Takes candidates, verifies the plausible ones in portions, and keeps those that are alike.

    With ``spare``, each row is verified against up to four earlier ones, the best by their estimates first.
    Candidates that verified pairs connect already are left out, as it takes few pairs to connect a cluster; if
    ``grouped``, those of a row that has a partner. Where rows have several candidates under the threshold by their
    estimates, the best of all are tried, and others as long as enough of them are alike: else every row of a large
    template family would be verified for nothing. ``left_out`` marks rows that had more candidates.
    """

    verifier: Verifier
    spare: bool
    grouped: bool
    left_out: Mask = field(init=False)
    _labels: Rows = field(init=False)
    _partnered: Mask = field(init=False)
    _failures: Rows = field(init=False)
    _doubts: Rows = field(init=False)
    # Pairs that were verified in vain, which later blocks of candidates may hold again.
    _tried: Words = field(init=False)
    _trial: int = field(init=False)
    # Equal bins under which candidates of template families are not worth it.
    _floor: float = 0.0
    _waiting: list[_Candidates] = field(default_factory=list)
    _held: int = 0
    _found: list[tuple[Rows, Rows, Similarities]] = field(default_factory=list)

    def __post_init__(self) -> None:
        rows = len(self.verifier.sketches)
        self.left_out, self._partnered = np.zeros(rows, np.bool_), np.zeros(rows, np.bool_)
        self._labels, self._failures, self._doubts = np.arange(rows), np.zeros(rows, np.int64), np.zeros(rows, np.int64)
        self._tried, self._trial = np.empty(0, np.uint64), _TRIAL

    @property
    def _least(self) -> float:
        return self.verifier.threshold * BINS

    def add(self, first: Rows, second: Rows) -> None:
        """Take candidates."""
        bins = self.verifier.plausible_bins(first, second)
        kept = bins >= max(self._least - DOUBT * BINS, 1) if self.spare else bins > 0
        first, second, bins = first[kept], second[kept], bins[kept]
        if self.spare:
            fresh = self._untried(first, second)
            first, second, bins = first[fresh], second[fresh], bins[fresh]
            self._doubts += np.bincount(second[bins < self._least], minlength=len(self._doubts))
            first, second, bins = self._needed(first, second, bins)
            best = self._best(first, second, bins, _PARTNERS)
            self.left_out[second[~best]] = True
            first, second, bins = first[best], second[best], bins[best]
        self._waiting.append((first, second, bins))
        self._held += len(first)
        if self._held > _PORTION:
            self._verify()

    def finish(self) -> tuple[Rows, Rows, Similarities]:
        """Return the pairs that are alike, in no order; a pair may come twice."""
        if self._waiting:
            self._verify()
        if not self._found:
            return np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.float64)
        first, second, similarity = (np.concatenate(columns) for columns in zip(*self._found, strict=True))
        return first, second, similarity

    def _verify(self) -> None:
        first, second, bins = _once(*(np.concatenate(columns) for columns in zip(*self._waiting, strict=True)))
        self._waiting, self._held = [], 0
        if not self.spare:
            similarity = self.verifier.exact(first, second)
            alike = similarity >= self.verifier.threshold
            self._found.append((first[alike], second[alike], similarity[alike]))
            return
        most = 1
        while True:
            first, second, bins = self._needed(first, second, bins)
            if not len(first):
                return
            chosen = self._worth_a_trial(second, bins, self._best(first, second, bins, most))
            self._learn(first[chosen], second[chosen], bins[chosen])
            first, second, bins = first[~chosen], second[~chosen], bins[~chosen]
            most = _PARTNERS - 1

    def _untried(self, first: Rows, second: Rows) -> Mask:
        if not len(self._tried):
            return np.ones(len(first), np.bool_)
        pairs = _packed(first, second)
        where = np.minimum(np.searchsorted(self._tried, pairs), len(self._tried) - 1)
        mask: Mask = self._tried[where] != pairs
        return mask

    def _needed(self, first: Rows, second: Rows, bins: _Bins) -> _Candidates:
        connected = self._partnered[second] if self.grouped else self._labels[first] == self._labels[second]
        hopeless = self._family(second) & (bins < self._floor) | (self._failures[second] >= _PARTNERS)
        hopeless &= ~connected
        self.left_out[second[hopeless]] = True
        needed = ~(connected | hopeless)
        return first[needed], second[needed], bins[needed]

    def _family(self, rows: Rows) -> Mask:
        mask: Mask = self._doubts[rows] > _TEMPLATE
        return mask

    def _best(self, first: Rows, second: Rows, bins: _Bins, most: int) -> Mask:
        """Return which candidates, sorted by their first row, are among the ``most`` best of their second row.

        Of those that are sure, the one with the lowest row is the best: it may be the row's anchor.
        """
        sure = min(int(self._least + DOUBT * BINS), BINS)
        worse = (BINS - np.minimum(bins, sure)).astype(np.uint64)
        keys = second.astype(np.uint64) << np.uint64(32) | worse << np.uint64(_PLACE)
        keys |= np.arange(len(bins), dtype=np.uint64)
        keys.sort()
        heads = np.flatnonzero(np.diff(keys >> np.uint64(32), prepend=np.uint64(_ALL)))
        chosen = np.zeros(len(keys), np.bool_)
        places = (keys & np.uint64((1 << _PLACE) - 1)).astype(np.int64)
        chosen[places[spread(np.diff(heads, append=len(keys))) < most]] = True
        return chosen

    def _worth_a_trial(self, second: Rows, bins: _Bins, chosen: Mask) -> Mask:
        """Leave of the chosen candidates of template families the best."""
        family = np.flatnonzero(chosen & self._family(second))
        if len(family) > self._trial:
            chosen[family[np.argsort(bins[family], kind="stable")[: -self._trial]]] = False
        return chosen

    def _learn(self, first: Rows, second: Rows, bins: _Bins) -> None:
        rows = len(self._labels)
        similarity = self.verifier.exact(first, second)
        alike = similarity >= self.verifier.threshold
        self._found.append((first[alike], second[alike], similarity[alike]))
        family = self._family(second)
        if np.count_nonzero(family) > _TRIAL // 8:
            if alike[family].mean() < _WORTH:
                self._floor = max(self._floor, float(bins[family].min()) + 1)
            else:
                self._trial *= 2
        self._tried = np.sort(np.concatenate([self._tried, _packed(first[~alike], second[~alike])]))
        self._failures += np.bincount(second[~alike], minlength=rows)
        if self.grouped:
            self._partnered[second[alike]] = True
            return
        left, right = self._labels[first[alike]], self._labels[second[alike]]
        self._labels = components(left, right, rows)[self._labels]


def _once(first: Rows, second: Rows, bins: _Bins) -> _Candidates:
    """Return each pair once, sorted; those of a bucket's first row come once for every band."""
    keys = _packed(first, second)
    order = np.argsort(keys)
    keys = keys[order]
    fresh = np.ones(len(order), np.bool_)
    np.not_equal(keys[1:], keys[:-1], out=fresh[1:])
    order = order[fresh]
    return first[order], second[order], bins[order]


def _packed(first: Rows, second: Rows) -> Words:
    return first.astype(np.uint64) << np.uint64(32) | second.astype(np.uint64)

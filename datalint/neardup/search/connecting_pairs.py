"""The sparing search: verify just enough pairs to connect similar rows, with bounded work for rows of one template."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from datalint.neardup.search.all_pairs import PairArrays, joined, pack_pairs
from datalint.neardup.sketch.one_permutation import BINS
from datalint.neardup.text.hashing import Mask, Rows, spread
from datalint.neardup.verify.verify import Verifier
from datalint.support.graph import components
from datalint.support.sorting import sorted_numbers

#: How far below the threshold an estimate may be: 3 of the standard deviations measured at 0.7, nearly 5 at 0.75. Pairs
#: that far above the threshold are equally good.
DOUBT = 0.1
# The minimum number of candidates per row that are kept when there are too many candidates.
_PARTNERS = 4
# A row with more candidates than this whose estimates are below the threshold counts as a row of a template.
_TEMPLATE = 2
# The share of the tried pairs of template rows that must be similar to try more of them immediately, and many more.
_WORTH, _GOOD = 1 / 4, 3 / 4
# Standard deviations by which the differing prints may exceed those of the weakest pair that is still kept.
_FAR = 3
# Bits of a rank, and of the numbers that are sorted.
_RANK, _WORD = 8, 64

_Bins = npt.NDArray[np.uint8]
_Candidates = tuple[Rows, Rows, _Bins]


class SparingSearch:
    """Verifies candidates in rounds, each row's best estimates first, and keeps the similar ones.

    Candidates that verified pairs already connect are skipped, as few pairs suffice to connect a cluster; if
    ``grouped``, pairs of two rows that both have a partner are skipped instead. A row with several candidates whose
    estimates are below the threshold, or from a crowded bucket, is considered a row of a template. Pairs of two such
    rows are deferred to the end, unless the best of them are similar. They are then tried by decreasing estimate until
    comparisons that find nothing have used up their budget, and after that only while enough of them are similar.
    Otherwise every row of a large template family would be verified for nothing.

    Attributes:
        left_out: (n,) mask of rows with candidates that were not tried.
    """

    def __init__(self, verifier: Verifier, *, grouped: bool) -> None:
        self._verifier = verifier
        self._limits = limits = verifier.limits
        self._grouped = grouped
        self._sizes = verifier.sketches.sizes.sum(axis=1, dtype=np.int64)
        rows = len(self._sizes)
        self.left_out: Mask = np.zeros(rows, np.bool_)
        self._labels: Rows = np.arange(rows)
        self._partnered: Mask = np.zeros(rows, np.bool_)
        self._doubts = np.zeros(rows, np.int64)
        # Pairs that turned out not to be similar, because later blocks of candidates may contain them again.
        self._tried = np.empty(0, np.uint64)
        # The remaining budget for comparisons that find nothing, in shingles, and the number of equal bins below which
        # pairs of template rows are dropped.
        self._budget = max(limits.fruitless_share * float(self._sizes.sum()), limits.fruitless_shingles)
        self._floor = 0
        self._waiting: list[_Candidates] = []
        self._fresh = 0
        self._found: list[PairArrays] = []

    @property
    def _likely(self) -> float:
        """Equal bins of a pair at the threshold."""
        return self._verifier.threshold * BINS

    def useful(self, first: Rows, second: Rows, differing: _Bins) -> Mask:
        """Return a mask of the pairs that still matter, given how many of their prints differ."""
        mask = self._unconnected(first, second)
        if self._floor:
            others = BINS - self._floor
            mask &= (differing <= (others + _FAR * others**0.5) / 2) | ~self._of_template(first, second)
        return mask

    def add(self, first: Rows, second: Rows, crowded: Rows) -> None:
        """Add candidates; ``crowded`` are the rows whose buckets were too large to compare all pairs."""
        self._doubts[crowded] += _TEMPLATE + 1
        bins = self._verifier.plausible_bins(first, second)
        kept = bins >= max(self._likely - DOUBT * BINS, 1)
        first, second, bins = first[kept], second[kept], bins[kept]
        fresh = self._untried(first, second)
        first, second, bins = first[fresh], second[fresh], bins[fresh]
        for rows in (first, second):
            self._doubts += np.bincount(rows[bins < self._likely], minlength=len(self._doubts))
        first, second, bins = self._needed(first, second, bins)
        if len(first) > self._limits.sparing_pairs:
            best = self._best(first, second, bins, max(self._limits.sparing_pairs // len(self._labels), _PARTNERS))
            self.left_out[first[~best]] = self.left_out[second[~best]] = True
            first, second, bins = first[best], second[best], bins[best]
        self._waiting.append((first, second, bins))
        self._fresh += len(first)
        if self._fresh > self._limits.sparing_pairs:
            self._verify(final=False)

    def finish(self) -> PairArrays:
        """Return the similar pairs, unordered; a pair may occur twice."""
        if self._waiting:
            self._verify(final=True)
            for first, second, _ in self._waiting:
                self.left_out[first] = self.left_out[second] = True
        return joined(self._found)

    def _verify(self, *, final: bool) -> None:
        first, second, bins = _unique(*(np.concatenate(columns) for columns in zip(*self._waiting, strict=True)))
        most, trial = 1, self._limits.template_trial if final else self._limits.template_sample
        while True:
            first, second, bins = self._needed(first, second, bins)
            if not len(first):
                break
            best = self._best(first, second, bins, most)
            chosen = self._worth_a_trial(first, second, bins, best, trial)
            rate = self._learn(first[chosen], second[chosen], bins[chosen])
            first, second, bins = first[~chosen], second[~chosen], bins[~chosen]
            if np.count_nonzero(chosen) == np.count_nonzero(best):
                most *= _PARTNERS
            if rate >= _WORTH:
                trial *= 16 if rate >= _GOOD else 2
            elif not final or self._budget < 0:
                break
        self._keep(first, second, bins)
        self._fresh = 0

    def _keep(self, first: Rows, second: Rows, bins: _Bins) -> None:
        """Keep the best of the remaining pairs, all of template rows, for later."""
        most = max(self._limits.sparing_pairs, len(self._labels)) // 4
        if len(first) > most:
            order = np.argsort(bins, kind="stable")
            self._floor = int(bins[order[-most]])
            gone = order[:-most]
            self.left_out[first[gone]] = self.left_out[second[gone]] = True
            kept = np.sort(order[-most:])
            first, second, bins = first[kept], second[kept], bins[kept]
        self._waiting = [(first, second, bins)]

    def _untried(self, first: Rows, second: Rows) -> Mask:
        if not len(self._tried):
            return np.ones(len(first), np.bool_)
        pairs = pack_pairs(first, second)
        where = np.minimum(np.searchsorted(self._tried, pairs), len(self._tried) - 1)
        mask: Mask = self._tried[where] != pairs
        return mask

    def _unconnected(self, first: Rows, second: Rows) -> Mask:
        if self._grouped:
            grouped: Mask = ~(self._partnered[first] & self._partnered[second])
            return grouped
        mask: Mask = self._labels[first] != self._labels[second]
        return mask

    def _needed(self, first: Rows, second: Rows, bins: _Bins) -> _Candidates:
        needed = self._unconnected(first, second)
        hopeless = needed & (bins < self._floor) & self._of_template(first, second)
        self.left_out[first[hopeless]] = self.left_out[second[hopeless]] = True
        needed &= ~hopeless
        return first[needed], second[needed], bins[needed]

    def _of_template(self, first: Rows, second: Rows) -> Mask:
        mask: Mask = (self._doubts[first] > _TEMPLATE) & (self._doubts[second] > _TEMPLATE)
        return mask

    def _best(self, first: Rows, second: Rows, bins: _Bins, most: int) -> Mask:
        """Return a mask of the candidates, sorted by first row, that are among the ``most`` best of their second row.

        If groups are compared, those among the best of their first row are included too. Of pairs that are almost
        certainly similar, the one with the lowest row is the best, as that may be the row's anchor.
        """
        sure = min(int(self._likely + DOUBT * BINS), BINS)
        ranks = BINS - np.minimum(bins, sure)
        best = least_ranked(second, ranks, most)
        return best | least_ranked(first, ranks, most) if self._grouped else best

    def _worth_a_trial(self, first: Rows, second: Rows, bins: _Bins, best: Mask, most: int) -> Mask:
        """Keep only the ``most`` best among the best pairs of template rows, and beyond a sample only as many as the
        budget allows."""
        chosen = best.copy()
        family = np.flatnonzero(best & self._of_template(first, second))
        family = family[np.argsort(bins[family], kind="stable")[::-1]]
        costs = np.cumsum(self._sizes[first[family]] + self._sizes[second[family]])
        allowed = max(int(np.searchsorted(costs, self._budget)), self._limits.template_sample)
        chosen[family[min(most, allowed) :]] = False
        return chosen

    def _learn(self, first: Rows, second: Rows, bins: _Bins) -> float:
        """Verify pairs; return the share of template pairs among them that are similar, 1 if there are none."""
        similarity = self._verifier.exact(first, second)
        alike = similarity >= self._verifier.threshold
        self._found.append((first[alike], second[alike], similarity[alike]))
        family = self._of_template(first, second)
        vain = family & ~alike
        self._budget -= float(self._sizes[first[vain]].sum() + self._sizes[second[vain]].sum())
        self._tried = np.sort(np.concatenate([self._tried, pack_pairs(first[~alike], second[~alike])]))
        if self._grouped:
            self._partnered[first[alike]] = self._partnered[second[alike]] = True
        else:
            left, right = self._labels[first[alike]], self._labels[second[alike]]
            self._labels = components(left, right, len(self._labels))[self._labels]
        return float(alike[family].mean()) if family.any() else 1.0


def least_ranked(groups: Rows, ranks: _Bins, most: int) -> Mask:
    """Return a mask of the ``most`` elements of the lowest rank in each group; ties go to the first."""
    places = max(len(groups) - 1, 1).bit_length()
    if int(groups.max(initial=0)).bit_length() + _RANK + places <= _WORD:
        # With the position in the low bits, a sort of plain numbers replaces a slower argsort.
        keys = groups.astype(np.uint64) << np.uint64(_RANK + places)
        keys |= ranks.astype(np.uint64) << np.uint64(places)
        keys |= np.arange(len(groups), dtype=np.uint64)
        order = (sorted_numbers(keys) & np.uint64((1 << places) - 1)).astype(np.int64)
    else:
        order = np.lexsort((ranks, groups))
    ordered = groups[order]
    heads = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1])[: len(ordered)])
    chosen = np.zeros(len(groups), np.bool_)
    chosen[order[spread(np.diff(heads, append=len(ordered))) < most]] = True
    return chosen


def _unique(first: Rows, second: Rows, bins: _Bins) -> _Candidates:
    """Sort pairs and remove duplicates: pairs with the first row of a bucket are found in every band."""
    keys = pack_pairs(first, second)
    order = np.argsort(keys)
    keys = keys[order]
    fresh = np.ones(len(order), np.bool_)
    np.not_equal(keys[1:], keys[:-1], out=fresh[1:])
    order = order[fresh]
    return first[order], second[order], bins[order]

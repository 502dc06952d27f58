"""The sparing search: as few pairs as connect the rows that are alike, and bounded work for rows of one template."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from datalint.neardup.search.all_pairs import Found, joined, pack
from datalint.neardup.search.graph import components
from datalint.neardup.sketch.one_permutation import BINS
from datalint.neardup.text.hashing import Mask, Rows, spread
from datalint.neardup.verify.verify import Verifier

#: How far an estimate may stay below the threshold: 3 of the standard deviations seen at 0.7, nearly 5 at 0.75. So
#: far over it, one pair is as good as another.
DOUBT = 0.1
# Candidates of a row that are kept at least, where there are more than are held.
_PARTNERS = 4
# Candidates of a row under the threshold by their estimates, beyond which it is taken for one of a template.
_TEMPLATE = 2
# The share of tried pairs of templates that must be alike for more to be tried at once, and for many more.
_WORTH, _GOOD = 1 / 4, 3 / 4
# Standard deviations by which more prints may differ than a pair does that is just worth keeping.
_FAR = 3
# Bits for a rank, and of the numbers that are sorted.
_RANK, _WORD = 8, 64

_Bins = npt.NDArray[np.uint8]
_Candidates = tuple[Rows, Rows, _Bins]


class SparingSearch:
    """Verifies candidates in rounds, for each row the best by their estimates first, and keeps those that are alike.

    Candidates that verified pairs connect already are skipped, as it takes few pairs to connect a cluster; if
    ``grouped``, pairs of two rows that each have a partner. A row that has several candidates under the threshold by
    their estimates, or was in a crowded bucket, is considered a row of a template. Pairs of two such rows wait until
    the end, unless the best of them turn out to be alike, and are tried in the order of their estimates until
    fruitless comparisons have used up their budget, and after that as long as enough of them are alike: otherwise every
    row of a large family would be verified for nothing.

    Attributes:
        left_out: (n,) which rows had candidates that were not tried.
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
        # Pairs that were verified in vain, which later blocks of candidates may hold again.
        self._tried = np.empty(0, np.uint64)
        # Shingles that may still be compared in vain, and equal bins under which pairs of templates are let go of.
        self._budget = max(limits.fruitless_share * float(self._sizes.sum()), limits.fruitless_shingles)
        self._floor = 0
        self._waiting: list[_Candidates] = []
        self._fresh = 0
        self._found: list[Found] = []

    @property
    def _likely(self) -> float:
        """Equal bins of a pair at the threshold."""
        return self._verifier.threshold * BINS

    def useful(self, first: Rows, second: Rows, differing: _Bins) -> Mask:
        """Return which pairs are still of use, given how many of their prints differ."""
        mask = self._apart(first, second)
        if self._floor:
            others = BINS - self._floor
            mask &= (differing <= (others + _FAR * others**0.5) / 2) | ~self._of_template(first, second)
        return mask

    def add(self, first: Rows, second: Rows, crowded: Rows) -> None:
        """Take candidates; ``crowded`` are the rows whose buckets were too large to compare all of them."""
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

    def finish(self) -> Found:
        """Return the pairs that are alike, in no order; a pair may come twice."""
        if self._waiting:
            self._verify(final=True)
            for first, second, _ in self._waiting:
                self.left_out[first] = self.left_out[second] = True
        return joined(self._found)

    def _verify(self, *, final: bool) -> None:
        first, second, bins = _once(*(np.concatenate(columns) for columns in zip(*self._waiting, strict=True)))
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
        """Keep the best pairs that are left, all of them of templates, for later."""
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
        pairs = pack(first, second)
        where = np.minimum(np.searchsorted(self._tried, pairs), len(self._tried) - 1)
        mask: Mask = self._tried[where] != pairs
        return mask

    def _apart(self, first: Rows, second: Rows) -> Mask:
        if self._grouped:
            grouped: Mask = ~(self._partnered[first] & self._partnered[second])
            return grouped
        mask: Mask = self._labels[first] != self._labels[second]
        return mask

    def _needed(self, first: Rows, second: Rows, bins: _Bins) -> _Candidates:
        needed = self._apart(first, second)
        hopeless = needed & (bins < self._floor) & self._of_template(first, second)
        self.left_out[first[hopeless]] = self.left_out[second[hopeless]] = True
        needed &= ~hopeless
        return first[needed], second[needed], bins[needed]

    def _of_template(self, first: Rows, second: Rows) -> Mask:
        mask: Mask = (self._doubts[first] > _TEMPLATE) & (self._doubts[second] > _TEMPLATE)
        return mask

    def _best(self, first: Rows, second: Rows, bins: _Bins, most: int) -> Mask:
        """Return which candidates, sorted by their first row, are among the ``most`` best of their second row.

        If groups are compared, also those among the best of their first row. Of those that are sure, the one with the
        lowest row is the best: it may be the row's anchor.
        """
        sure = min(int(self._likely + DOUBT * BINS), BINS)
        ranks = BINS - np.minimum(bins, sure)
        best = least_ranked(second, ranks, most)
        return best | least_ranked(first, ranks, most) if self._grouped else best

    def _worth_a_trial(self, first: Rows, second: Rows, bins: _Bins, best: Mask, most: int) -> Mask:
        """Leave of the best pairs of templates the ``most`` best."""
        chosen = best.copy()
        family = np.flatnonzero(best & self._of_template(first, second))
        if len(family) > most:
            chosen[family[np.argsort(bins[family], kind="stable")[:-most]]] = False
        return chosen

    def _learn(self, first: Rows, second: Rows, bins: _Bins) -> float:
        """Verify pairs; return the share of those of templates that are alike, 1 without any."""
        similarity = self._verifier.exact(first, second)
        alike = similarity >= self._verifier.threshold
        self._found.append((first[alike], second[alike], similarity[alike]))
        family = self._of_template(first, second)
        vain = family & ~alike
        self._budget -= float(self._sizes[first[vain]].sum() + self._sizes[second[vain]].sum())
        self._tried = np.sort(np.concatenate([self._tried, pack(first[~alike], second[~alike])]))
        if self._grouped:
            self._partnered[first[alike]] = self._partnered[second[alike]] = True
        else:
            left, right = self._labels[first[alike]], self._labels[second[alike]]
            self._labels = components(left, right, len(self._labels))[self._labels]
        return float(alike[family].mean()) if family.any() else 1.0


def least_ranked(groups: Rows, ranks: _Bins, most: int) -> Mask:
    """Return which elements are among the ``most`` of the least rank in their group; of equal ones the first."""
    places = max(len(groups) - 1, 1).bit_length()
    if int(groups.max(initial=0)).bit_length() + _RANK + places <= _WORD:
        # With the place below, one sort of plain numbers does what an argsort would.
        keys = groups.astype(np.uint64) << np.uint64(_RANK + places)
        keys |= ranks.astype(np.uint64) << np.uint64(places)
        keys |= np.arange(len(groups), dtype=np.uint64)
        keys.sort()
        order = (keys & np.uint64((1 << places) - 1)).astype(np.int64)
    else:
        order = np.lexsort((ranks, groups))
    ordered = groups[order]
    heads = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1])[: len(ordered)])
    chosen = np.zeros(len(groups), np.bool_)
    chosen[order[spread(np.diff(heads, append=len(ordered))) < most]] = True
    return chosen


def _once(first: Rows, second: Rows, bins: _Bins) -> _Candidates:
    """Return each pair once, sorted; those of a bucket's first row come once for every band."""
    keys = pack(first, second)
    order = np.argsort(keys)
    keys = keys[order]
    fresh = np.ones(len(order), np.bool_)
    np.not_equal(keys[1:], keys[:-1], out=fresh[1:])
    order = order[fresh]
    return first[order], second[order], bins[order]

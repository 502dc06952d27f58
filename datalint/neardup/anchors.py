"""Large buckets: every row against a few representatives instead of every row against every other."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from datalint.neardup.bands import Buckets
from datalint.neardup.hashing import Rows
from datalint.neardup.sketch import BINS, equal_bins

# Representatives of a bucket that a row is compared with, at most, and comparisons of a row over all bands.
_REPRESENTATIVES = 9
_TRIES = 64
# So far over the threshold an estimate is trusted (2.5 standard deviations of 128 bins at 0.7).
_SURE = 0.1


def anchor_pairs(
    buckets: Buckets,
    signatures: npt.NDArray[np.uint16],
    rows: Rows,
    *,
    threshold: float,
    groups: npt.NDArray[np.uint8] | None,
) -> tuple[Rows, Rows]:
    """Return candidate pairs of the large buckets, as positions in ``rows``; a pair may come more than once.

    Each row is a candidate with the bucket's first row; those that are not clearly alike by their signatures
    go on to the first of them, and so on. So a bucket of one huge cluster costs one comparison a row, and a
    bucket of many different texts nine. Where groups are compared, a row meets rows of other groups only.
    """
    tries = np.zeros(len(rows), np.int64)
    firsts, seconds = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    for bucket, members in buckets.hot:
        for _ in range(_REPRESENTATIVES):
            fresh = tries[members] < _TRIES
            bucket, members = bucket[fresh], members[fresh]
            if len(members) < 2:
                break
            heads = np.concatenate(([True], bucket[1:] != bucket[:-1]))
            anchors = members[heads][np.cumsum(heads) - 1]
            compared = ~heads if groups is None else groups[rows[anchors]] != groups[rows[members]]
            first, second = anchors[compared], members[compared]
            tries[second] += 1
            firsts.append(first)
            seconds.append(second)
            alike = np.zeros(len(members), np.bool_)
            alike[compared] = equal_bins(signatures, rows[first], rows[second]) >= (threshold + _SURE) * BINS
            stay = ~(heads | alike)
            bucket, members = bucket[stay], members[stay]
    return np.concatenate(firsts), np.concatenate(seconds)

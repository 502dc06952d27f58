"""Large buckets: compare each row with a few representatives instead of with every other row."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from datalint.neardup.sketch.bit_prints import close, surely_alike
from datalint.neardup.text.hashing import Rows, Words

# The maximum number of representatives of a bucket that a row is compared with, and of its comparisons over all bands.
_REPRESENTATIVES = 9
_TRIES = 32


class Anchors:
    """Finds candidate pairs in large buckets, band by band.

    Each row is compared with the bucket's first row. The rows that are not clearly similar to it by their prints are
    compared with the first row among themselves, and so on. So a bucket of one huge cluster takes one comparison per
    row, and a bucket of many different texts nine. If groups are compared, a row is only compared with rows of other
    groups.
    """

    def __init__(self, words: Words, threshold: float, group: npt.NDArray[np.uint8] | None) -> None:
        self._words = words
        self._threshold = threshold
        self._group = group
        self._tries = np.zeros(words.shape[1], np.uint8)

    def pairs(self, bucket: Rows, members: Rows) -> tuple[Rows, Rows]:
        """Return the pairs of a band's large buckets that their prints do not rule out; rows are positions."""
        firsts, seconds = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
        for _ in range(_REPRESENTATIVES):
            fresh = self._tries[members] < _TRIES
            bucket, members = bucket[fresh], members[fresh]
            if len(members) < 2:
                break
            heads = np.concatenate(([True], bucket[1:] != bucket[:-1]))
            anchors = members[heads][np.cumsum(heads) - 1]
            compared = np.flatnonzero(~heads if self._group is None else self._group[anchors] != self._group[members])
            first, second = anchors[compared], members[compared]
            self._tries[second] += 1
            kept = close(self._words, first, second, self._threshold)
            first, second, compared = first[kept], second[kept], compared[kept]
            firsts.append(first)
            seconds.append(second)
            stay = ~heads
            stay[compared[surely_alike(self._words, first, second, self._threshold)]] = False
            bucket, members = bucket[stay], members[stay]
        return np.concatenate(firsts), np.concatenate(seconds)

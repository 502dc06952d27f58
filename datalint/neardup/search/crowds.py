"""Large buckets: every row against a few representatives instead of every row against every other."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from datalint.neardup.sketch.bit_prints import close, surely_alike
from datalint.neardup.text.hashing import Rows, Words

# Representatives of a bucket that a row is compared with, at most, and comparisons of a row over all bands.
_REPRESENTATIVES = 9
_TRIES = 32


class Anchors:
    """Gives candidates of large buckets, band after band.

    Each row meets the bucket's first row; those that are not clearly alike by their prints go on to the first of
    them, and so on. So a bucket of one huge cluster costs one comparison a row, and a bucket of many different
    texts nine. Where groups are compared, a row meets rows of other groups only.
    """

    def __init__(self, words: Words, threshold: float, group: npt.NDArray[np.uint8] | None) -> None:
        self._words = words
        self._threshold = threshold
        self._group = group
        self._tries = np.zeros(words.shape[1], np.uint8)

    def pairs(self, bucket: Rows, members: Rows) -> tuple[Rows, Rows]:
        """Return the pairs of a band's large buckets that their prints leave possible; rows are positions."""
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

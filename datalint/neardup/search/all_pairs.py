"""The search itself: which candidates are verified. This one verifies all of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from datalint.neardup.text.hashing import Mask, Rows, Words, distinct
from datalint.neardup.verify.verify import Similarities, Verifier

Found = tuple[Rows, Rows, Similarities]


class Search:
    """Takes candidates, verifies the plausible ones in portions, and keeps those that are alike.

    Attributes:
        left_out: (n,) which rows had candidates that were not tried: none.
    """

    def __init__(self, verifier: Verifier) -> None:
        self._verifier = verifier
        self.left_out: Mask = np.zeros(len(verifier.sketches), np.bool_)
        self._waiting: list[Words] = []
        self._held = 0
        self._found: list[Found] = []

    def useful(self, first: Rows, second: Rows, differing: npt.NDArray[np.uint8]) -> Mask:
        """Return which pairs are still of use, given how many of their prints differ: all."""
        return np.ones(len(first), np.bool_)

    def add(self, first: Rows, second: Rows, crowded: Rows) -> None:
        """Take candidates; ``crowded`` are the rows whose buckets were too large to compare all of them."""
        kept = self._verifier.plausible_bins(first, second) > 0
        self._waiting.append(pack(first[kept], second[kept]))
        self._held += len(self._waiting[-1])
        if self._held > self._verifier.limits.verified_pairs:
            self._verify()

    def finish(self) -> Found:
        """Return the pairs that are alike, in no order; a pair may come twice."""
        if self._waiting:
            self._verify()
        return joined(self._found)

    def _verify(self) -> None:
        # Those of a bucket's first row come once for every band.
        pairs = distinct(np.concatenate(self._waiting))
        self._waiting, self._held = [], 0
        first, second = (pairs >> np.uint64(32)).astype(np.int64), (pairs & np.uint64(0xFFFFFFFF)).astype(np.int64)
        similarity = self._verifier.exact(first, second)
        alike = similarity >= self._verifier.threshold
        self._found.append((first[alike], second[alike], similarity[alike]))


def pack(first: Rows, second: Rows) -> Words:
    """Return pairs as one number each, by which they sort: the first row's above the second's."""
    return first.astype(np.uint64) << np.uint64(32) | second.astype(np.uint64)


def joined(found: Sequence[Found]) -> Found:
    """Return pairs of several rounds as one."""
    if not found:
        return np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.float64)
    first, second, similarity = (np.concatenate(columns) for columns in zip(*found, strict=True))
    return first, second, similarity

"""A search that verifies all candidates."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from datalint.neardup.text.hashing import Mask, Rows, Words
from datalint.neardup.verify.compare import Similarities
from datalint.neardup.verify.verify import Verifier
from datalint.support.distinct import distinct

PairArrays = tuple[Rows, Rows, Similarities]


class Search:
    """Collects candidates, verifies the plausible ones in portions, and keeps those that are similar.

    Attributes:
        left_out: (n,) mask of rows with candidates that were not tried; always empty.
    """

    def __init__(self, verifier: Verifier) -> None:
        self._verifier = verifier
        self.left_out: Mask = np.zeros(len(verifier.sketches), np.bool_)
        self._waiting: list[Words] = []
        self._held = 0
        self._found: list[PairArrays] = []

    def useful(self, first: Rows, second: Rows, differing: npt.NDArray[np.uint8]) -> Mask:
        """Return a mask of the pairs that still matter, given how many of their prints differ: all."""
        return np.ones(len(first), np.bool_)

    def add(self, first: Rows, second: Rows, crowded: Rows) -> None:
        """Add candidates; ``crowded`` are the rows whose buckets were too large to compare all pairs."""
        kept = self._verifier.plausible_bins(first, second) > 0
        self._waiting.append(pack_pairs(first[kept], second[kept]))
        self._held += len(self._waiting[-1])
        if self._held > self._verifier.limits.verified_pairs:
            self._verify()

    def finish(self) -> PairArrays:
        """Return the similar pairs, unordered; a pair may occur twice."""
        if self._waiting:
            self._verify()
        return joined(self._found)

    def _verify(self) -> None:
        # Pairs with the first row of a bucket are found in every band.
        pairs = distinct(np.concatenate(self._waiting))
        self._waiting, self._held = [], 0
        first, second = (pairs >> np.uint64(32)).astype(np.int64), (pairs & np.uint64(0xFFFFFFFF)).astype(np.int64)
        similarity = self._verifier.exact(first, second)
        alike = similarity >= self._verifier.threshold
        self._found.append((first[alike], second[alike], similarity[alike]))


def pack_pairs(first: Rows, second: Rows) -> Words:
    """Pack each pair into one number that sorts by the first row, then by the second."""
    return first.astype(np.uint64) << np.uint64(32) | second.astype(np.uint64)


def joined(found: Sequence[PairArrays]) -> PairArrays:
    """Concatenate the pairs of several rounds."""
    if not found:
        return np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.float64)
    first, second, similarity = (np.concatenate(columns) for columns in zip(*found, strict=True))
    return first, second, similarity

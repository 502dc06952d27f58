"""The search for near-duplicate pairs: candidates from sketches, each verified exactly."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from datalint.core.errors import DatalintError
from datalint.neardup.bands import Buckets, candidate_blocks, find_buckets
from datalint.neardup.hashing import Rows, distinct, spread
from datalint.neardup.verify import Similarities, Verifier

#: Rows of a bucket beyond which it is anchored instead of enumerated.
BUCKET_LIMIT = 1000
# Rows of an anchored bucket that its other rows are compared with, at most.
_REPRESENTATIVES = 9


@dataclass(frozen=True, slots=True)
class Limited:
    """What the bound on buckets left out: so many buckets were anchored, and so many rows found no match in them.

    A row counts once, and only if it is in no pair from elsewhere either.
    """

    buckets: int = 0
    rows: int = 0

    def __bool__(self) -> bool:
        return self.rows > 0


@dataclass(frozen=True, slots=True)
class Pairs:
    """Verified pairs, sorted: rows ``first[i] < second[i]`` have ``similarity[i]``.

    Of rows known to be identical only the first is in a pair; ``classes[row]`` is the first row identical to
    ``row`` (in its group, where groups are compared), and :meth:`expand` gives every pair of rows. Rows without
    any text are in no class but their own.
    """

    first: Rows
    second: Rows
    similarity: Similarities
    classes: Rows
    limited: Limited = field(default_factory=Limited)
    groups: npt.NDArray[np.uint8] | None = None

    def __len__(self) -> int:
        return len(self.first)

    def expand(self) -> Pairs:
        """Return the pairs of all rows, identical ones included (similarity 1; across groups they are pairs already)."""
        order = np.argsort(self.classes, kind="stable")
        starts = np.searchsorted(self.classes[order], np.arange(len(order)))
        sizes = np.bincount(self.classes, minlength=len(order))
        left, right = sizes[self.first], sizes[self.second]
        counts = left * right
        within = spread(counts)
        wide = np.repeat(right, counts)
        a = order[np.repeat(starts[self.first], counts) + within // wide]
        b = order[np.repeat(starts[self.second], counts) + within % wide]
        similarity = np.repeat(self.similarity, counts)
        if self.groups is None:
            later = spread(sizes)[np.argsort(order)]
            owner = np.repeat(np.arange(len(order)), later)
            a = np.concatenate([a, order[starts[self.classes[owner]] + spread(later)]])
            b = np.concatenate([b, owner])
            similarity = np.concatenate([similarity, np.ones(len(owner))])
        return _sorted(a, b, similarity, replace(self, classes=np.arange(len(order))))


def _sorted(a: Rows, b: Rows, similarity: Similarities, like: Pairs) -> Pairs:
    first, second = np.minimum(a, b), np.maximum(a, b)
    order = np.lexsort((second, first))
    return replace(like, first=first[order], second=second[order], similarity=similarity[order])


def find_pairs(
    verifier: Verifier,
    *,
    identical: npt.NDArray[np.uint64] | None = None,
    groups: npt.NDArray[np.uint8] | None = None,
    bucket_limit: int | None = BUCKET_LIMIT,
) -> Pairs:
    """Find the pairs of rows whose every part is alike: similarity at least ``verifier.threshold``.

    Nothing under the threshold is returned. A pair of similarity s is missed with the probability that
    :func:`~datalint.neardup.bands.miss_probability` gives, and where the bound on buckets left it out.

    Args:
        verifier: holds the sketches, the texts' source, the shingling and the threshold.
        identical: (n,) keys; rows of equal key are taken to be identical in all parts and searched as one.
        groups: (n,) group numbers; when given, only pairs of rows of different groups are searched.
        bucket_limit: a bucket of more rows is anchored: its rows are compared with its first, those that fail
            with the first of those, and so on up to nine times. Many large buckets lower it. None compares all
            pairs of every bucket; memory stays bounded, time does not.

    Raises:
        DatalintError: when the threshold is not in (0, 1].
    """
    if not 0 < verifier.threshold <= 1:
        raise DatalintError(f"a similarity threshold is over 0 and at most 1, not {verifier.threshold}")
    sketches = verifier.sketches
    filled = (sketches.sizes > 0).any(axis=1)
    classes = _classes(identical, groups, filled)
    rows = np.flatnonzero(filled & (classes == np.arange(len(sketches))))
    if groups is not None:
        rows = rows[np.argsort(groups[rows], kind="stable")]
    buckets = find_buckets(
        sketches.signatures, rows, threshold=verifier.threshold, groups=groups, limit=bucket_limit
    )
    anchored = anchor_pairs(buckets, sketches.signatures, rows, threshold=verifier.threshold, groups=groups)
    found = [_verify(verifier, rows[a], rows[b]) for a, b in (*candidate_blocks(buckets), _once(*anchored))]
    a, b, similarity = (np.concatenate(columns) for columns in zip(*found, strict=True))
    pairs = _sorted(a, b, similarity, Pairs(a, b, similarity, classes, Limited(), groups))
    return replace(pairs, limited=_limited(buckets, rows, pairs))


def _classes(
    identical: npt.NDArray[np.uint64] | None, groups: npt.NDArray[np.uint8] | None, filled: Mask
) -> Rows:
    rows = np.arange(len(filled))
    if identical is None:
        return rows
    columns = (rows, identical) if groups is None else (rows, groups, identical)
    order = np.lexsort(columns)
    heads = np.ones(len(order), np.bool_)
    for column in columns[1:]:
        heads[1:] &= column[order][1:] == column[order][:-1]
    return rows

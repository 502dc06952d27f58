"""Search for near-duplicate pairs: candidates from sketches, each verified exactly."""

from __future__ import annotations

from dataclasses import field, replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from datalint.neardup.search.query import Query
from datalint.neardup.sketch.sketch import Sketches
from datalint.neardup.text.hashing import Mask, Rows, spread
from datalint.neardup.verify.compare import Comparer, Fetch, Similarities
from datalint.neardup.verify.verify import Verifier
from datalint.support.classes import frozen

if TYPE_CHECKING:
    from datalint.neardup.search.candidates import Candidates


@frozen
class Limited:
    """How much the limits of a search may have left out.

    Attributes:
        buckets: number of buckets, over all bands, that were anchored instead of enumerated.
        rows: number of rows of those buckets, or of template families in a sparing search, that are in no pair: they
            may have a partner that was not tried.
    """

    buckets: int = 0
    rows: int = 0


@frozen
class Pairs:
    """Sorted, verified pairs: rows ``first[i] < second[i]`` have ``similarity[i]``.

    Of identical rows, only the first one is in a pair; ``classes[row]`` is the first row identical to ``row`` (in its
    group, if groups are compared), and :meth:`expand` returns the pairs of all rows. Rows without text are not
    identical to any row. ``complete`` is true if no pair can be missing.
    """

    first: Rows
    second: Rows
    similarity: Similarities
    classes: Rows
    limited: Limited = field(default_factory=Limited)
    groups: npt.NDArray[np.uint8] | None = None
    complete: bool = False

    def __len__(self) -> int:
        return len(self.first)

    def expand(self) -> Pairs:
        """Return the pairs of all rows, including identical ones; there may be very many."""
        rows = np.arange(len(self.classes))
        order = np.argsort(self.classes, kind="stable")
        sizes = np.bincount(self.classes, minlength=len(rows))
        starts = np.searchsorted(self.classes[order], rows)
        counts = sizes[self.first] * sizes[self.second]
        step, width = spread(counts), np.repeat(sizes[self.second], counts)
        first = order[np.repeat(starts[self.first], counts) + step // width]
        second = order[np.repeat(starts[self.second], counts) + step % width]
        similarity = np.repeat(self.similarity, counts)
        if self.groups is None:
            earlier = np.empty(len(rows), np.int64)
            earlier[order] = spread(sizes)
            first = np.concatenate([first, order[np.repeat(starts[self.classes], earlier) + spread(earlier)]])
            second = np.concatenate([second, np.repeat(rows, earlier)])
            similarity = np.concatenate([similarity, np.ones(len(second) - len(similarity))])
        return _ordered(replace(self, first=first, second=second, similarity=similarity, classes=rows))


def find_pairs(sketches: Sketches, fetch: Fetch, query: Query) -> Pairs:
    """Find the pairs of rows that are similar in every part: exact Jaccard similarity of at least the threshold.

    No pair below the threshold is returned. A pair may be missed with the probability that
    :func:`~datalint.neardup.search.bands.miss_probability` returns for its similarity, or because of the limit on
    buckets. ``fetch`` reads the normalised parts of rows again, for verification.
    """
    return search_pairs(verifier_of(sketches, fetch, query), query)


def verifier_of(sketches: Sketches, fetch: Fetch, query: Query) -> Verifier:
    """Return the verifier for the rows of a query."""
    compare = Comparer(
        sketches.sizes, fetch, query.shingling, query.threshold, query.common, query.limits, query.kernels
    )
    elsewhere = compare if query.elsewhere is None else query.elsewhere(compare)
    return Verifier(sketches, elsewhere, query.threshold, query.different, query.families, query.limits, query.kernels)


def search_pairs(verifier: Verifier, query: Query) -> Pairs:
    """Do the same as :func:`find_pairs`, with a verifier that the caller can reuse."""
    # Small datasets, whose time is that of imports, are searched exactly.
    from datalint.neardup.search.all_pairs import Search
    from datalint.neardup.search.candidates import Candidates
    from datalint.neardup.search.connecting_pairs import SparingSearch

    groups = query.groups
    filled: Mask = np.asarray(verifier.sketches.sizes.any(axis=1))
    classes = query.classes(filled)
    rows = np.flatnonzero(filled & (classes == np.arange(len(classes))))
    if groups is not None:
        rows = rows[np.argsort(groups[rows], kind="stable")]
    candidates = Candidates(
        verifier.sketches.signatures,
        rows,
        query.threshold,
        groups,
        query.bucket_limit,
        query.spare,
        query.limits,
        query.kernels,
        query.scratch,
    )
    search = SparingSearch(verifier, grouped=groups is not None) if query.spare else Search(verifier)
    for first, second in candidates.blocks(search.useful):
        search.add(first, second, rows[candidates.crowded])
    first, second, similarity = search.finish()
    pairs = _ordered(Pairs(first, second, similarity, classes, groups=groups))
    return replace(pairs, limited=_limited(candidates, search.left_out, pairs))


def _ordered(pairs: Pairs) -> Pairs:
    first, second = np.minimum(pairs.first, pairs.second), np.maximum(pairs.first, pairs.second)
    order = np.lexsort((second, first))
    first, second = first[order], second[order]
    fresh = np.ones(len(order), np.bool_)
    fresh[1:] = (first[1:] != first[:-1]) | (second[1:] != second[:-1])
    return replace(pairs, first=first[fresh], second=second[fresh], similarity=pairs.similarity[order][fresh])


def _limited(candidates: Candidates, left_out: Mask, pairs: Pairs) -> Limited:
    lonely = left_out.copy()
    lonely[candidates.rows[candidates.crowded]] = True
    lonely[pairs.first] = lonely[pairs.second] = False
    return Limited(candidates.crowds, int(lonely.sum()))

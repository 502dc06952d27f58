"""Clusters of near-duplicates; every member is verified against the anchor of its cluster."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from datalint.neardup.limits import DEFAULT, Limits
from datalint.neardup.search.pairs import Pairs, search_pairs, verifier_of
from datalint.neardup.search.query import Query
from datalint.neardup.sketch.sketch import Sketches
from datalint.neardup.text.hashing import Rows
from datalint.neardup.verify.compare import Fetch, Similarities
from datalint.records.analyses import Group
from datalint.support.classes import frozen
from datalint.support.distinct import distinct
from datalint.support.graph import components

Verify = Callable[[Rows, Rows], Similarities]


@frozen
class Clusters:
    """For each row, the anchor of its cluster (the lowest row of the cluster) and the similarity to it.

    ``anchors`` is (n,) int64; for an anchor, or a row without a cluster, it is the row itself. ``similarity`` is (n,)
    float64, and 1 for those rows.
    """

    anchors: Rows
    similarity: Similarities

    @property
    def redundant(self) -> int:
        """The number of rows that are members of a cluster but not its anchor."""
        return int((self.anchors != np.arange(len(self.anchors))).sum())

    @property
    def largest(self) -> int:
        """The number of rows of the largest cluster, 0 if there is none."""
        sizes = np.bincount(self.anchors)
        return int(sizes.max(initial=0)) if self.redundant else 0

    def groups(self) -> list[Group]:
        """Return the clusters of at least two rows, by anchor, with members in row order."""
        sizes = np.bincount(self.anchors, minlength=len(self.anchors))
        members = np.flatnonzero(sizes[self.anchors] > 1)
        members = members[np.argsort(self.anchors[members], kind="stable")]
        bounds = np.flatnonzero(np.diff(self.anchors[members], prepend=-1, append=-1)).tolist()
        rows, similarities = members.tolist(), self.similarity[members].tolist()
        return [Group(rows[start:end], similarities[start:end]) for start, end in pairwise(bounds)]


def find_clusters(sketches: Sketches, fetch: Fetch, query: Query) -> tuple[Pairs, Clusters]:
    """Find clusters of one group of rows, and just enough verified pairs to connect them.

    :func:`~datalint.neardup.search.pairs.find_pairs` finds all pairs, which takes longer if clusters are large.
    """
    verifier = verifier_of(sketches, fetch, query)
    pairs = search_pairs(verifier, replace(query, spare=True))
    return pairs, cluster(pairs, threshold=query.threshold, verify=verifier.similarities, limits=query.limits)


def cluster(pairs: Pairs, *, threshold: float, verify: Verify | None = None, limits: Limits = DEFAULT) -> Clusters:
    """Cluster verified pairs so that no chain of pairs joins rows that are not similar.

    In each connected component, the lowest row without a cluster becomes an anchor and takes all rows without
    a cluster whose similarity to it is at least ``threshold``; then the next lowest, until none is left. The
    result depends only on the pairs.

    Args:
        pairs: pairs of one group of rows, not expanded.
        threshold: at least that of the search; a higher one clusters more strictly.
        verify: computes similarities of pairs that are not in ``pairs``. If given, it is called for anchors and members
            of their components that sketches or the limits on buckets left out.
        limits: bound how many pairs are verified; for the rest, only ``pairs`` count.
    """
    kept = pairs.similarity >= threshold
    first, second, similarity = pairs.first[kept], pairs.second[kept], pairs.similarity[kept]
    nodes = distinct(np.concatenate([first, second]))
    left, right = np.searchsorted(nodes, first), np.searchsorted(nodes, second)
    edges = _Edges(left, right, similarity, len(nodes))
    anchors, alike = _take(edges, threshold, None if verify is None else _on_nodes(verify, nodes), limits)
    rows = np.arange(len(pairs.classes))
    of_row, similar = rows.copy(), np.ones(len(rows))
    of_row[nodes], similar[nodes] = nodes[anchors], alike
    return Clusters(of_row[pairs.classes], similar[pairs.classes])


def _on_nodes(verify: Verify, nodes: Rows) -> Verify:
    return lambda first, second: verify(nodes[first], nodes[second])


@frozen
class _Edges:
    """Sorted pairs of nodes, ``left < right``."""

    left: Rows
    right: Rows
    similarity: Similarities
    nodes: int

    def find(self, left: Rows, right: Rows) -> tuple[Similarities, npt.NDArray[np.bool_]]:
        """Return the similarity of each pair (0 if there is no edge), and a mask of the pairs with an edge."""
        keys, wanted = self.left * self.nodes + self.right, left * self.nodes + right
        where = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        known = keys[where] == wanted
        return np.where(known, self.similarity[where], 0.0), known


def _take(edges: _Edges, threshold: float, verify: Verify | None, limits: Limits) -> tuple[Rows, Similarities]:
    anchors, alike = np.full(edges.nodes, -1, np.int64), np.ones(edges.nodes)
    component = components(edges.left, edges.right, edges.nodes)
    free = np.argsort(component, kind="stable")
    budget = max(limits.anchor_pairs_by_row * edges.nodes, limits.anchor_pairs)
    while verify is not None and 0 < len(free) <= budget:
        heads = np.concatenate(([True], component[free[1:]] != component[free[:-1]]))
        anchor = free[heads][np.cumsum(heads) - 1]
        similarity, known = edges.find(anchor, free)
        asked = ~(known | heads)
        if asked.any():
            similarity[asked] = verify(anchor[asked], free[asked])
            budget -= int(asked.sum())
        similarity[heads] = 1.0
        taken = similarity >= threshold
        anchors[free[taken]], alike[free[taken]] = anchor[taken], similarity[taken]
        free = free[~taken]
    _take_known(edges, np.sort(free), anchors, alike)
    return anchors, alike


def _take_known(edges: _Edges, free: Rows, anchors: Rows, alike: Similarities) -> None:
    starts = np.searchsorted(edges.left, free, side="left").tolist()
    ends = np.searchsorted(edges.left, free, side="right").tolist()
    for node, start, end in zip(free.tolist(), starts, ends, strict=True):
        if anchors[node] >= 0:
            continue
        anchors[node] = node
        others = edges.right[start:end]
        open_edges = np.flatnonzero(anchors[others] < 0) + start
        anchors[edges.right[open_edges]] = node
        alike[edges.right[open_edges]] = edges.similarity[open_edges]

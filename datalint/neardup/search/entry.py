"""Entry point of the search: exact if that is cheap, otherwise by sketches."""

from __future__ import annotations

from math import ceil, comb, log10

from datalint.neardup.search.clusters import Clusters, cluster, find_clusters
from datalint.neardup.search.exact import find_exact
from datalint.neardup.search.own_texts import own_texts
from datalint.neardup.search.pairs import Pairs, find_pairs
from datalint.neardup.search.query import Query
from datalint.neardup.search.texts_at_hand import NearRows
from datalint.neardup.sketch.one_permutation import BINS
from datalint.neardup.verify.compare import Fetch

# The smallest probability that is reported.
_NEVER = 1e-9
_ROUND = 1e-9


def assurance(threshold: float, *, complete: bool) -> str:
    """Describe the probability of missing a pair at the threshold and slightly above it."""
    if complete:
        return f"exact, no pair at similarity {threshold:g} or over is missed"
    words = [
        f"{_odds(miss_bound(similarity, threshold))} at similarity {similarity:.3g}"
        for similarity in (threshold, threshold + 0.05)
        if similarity <= 1
    ]
    return f"by sketches, misses at most {', '.join(words)}"


def miss_bound(similarity: float, threshold: float) -> float:
    """Return an upper bound of the probability of missing a pair of ``similarity``, except in crowds and templates.

    A pair is missed if no band agrees, if its prints differ too much, or if its estimate is too far below the threshold
    for a sparing search. Bins are assumed to be independent, which is conservative: the share of equal bins varies less
    than a binomial one. At threshold 0.7: 7e-3 at 0.7, 8e-5 at 0.75, 1e-6 at 0.8.
    """
    from datalint.neardup.search.bands import miss_probability
    from datalint.neardup.search.connecting_pairs import DOUBT
    from datalint.neardup.sketch.bit_prints import OVERSIGHT

    least = ceil((threshold - DOUBT) * BINS - _ROUND)
    low = sum(comb(BINS, n) * similarity**n * (1 - similarity) ** (BINS - n) for n in range(max(least, 0)))
    return min(miss_probability(similarity, threshold) + OVERSIGHT + low, 1.0)


def _odds(chance: float) -> str:
    """Return ``1 pair in N``, with N truncated to two significant digits."""
    odds = 1 / max(chance, _NEVER)
    unit = 10 ** max(int(log10(odds)) - 1, 0)
    return f"1 pair in {int(odds // unit * unit):,}"


def near_clusters(rows: NearRows, fetch: Fetch, query: Query) -> tuple[Pairs, Clusters]:
    """Find clusters and the pairs they are based on; ``pairs.complete`` is false if pairs may be missing.

    The method depends only on the rows' texts, so it is the same for any number of processes. ``fetch`` reads the
    normalised parts of rows; it is not called for rows whose texts are in memory.
    """
    rows, given = own_texts(rows, rows.reader(fetch), query.common, query.kernels)
    pairs = find_exact(rows.sizes, given, query)
    if pairs is not None:
        return pairs, cluster(pairs, threshold=query.threshold)
    return find_clusters(rows.sketches, given, query)


def near_pairs(rows: NearRows, fetch: Fetch, query: Query) -> Pairs:
    """Find pairs; ``complete`` is false if pairs may be missing. For ``fetch``, see :func:`near_clusters`."""
    rows, given = own_texts(rows, rows.reader(fetch), query.common, query.kernels)
    pairs = find_exact(rows.sizes, given, query)
    return pairs if pairs is not None else find_pairs(rows.sketches, given, query)

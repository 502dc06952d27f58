"""Limits of a search for near-duplicates: how much it tries, keeps in memory and compares at a time."""

from __future__ import annotations

from datalint.support.classes import frozen


@frozen
class Limits:
    """Bounds on the work and the memory of a search.

    The limits of the exact search decide whether it is used at all. The others bound memory, or the number of
    comparisons between rows of one template that find nothing. Costs are measured, in nanoseconds.

    Attributes:
        exact_shingles: shingles of all rows above which the exact search is not tried, as it keeps their texts.
        exact_indexed: shingles of one part that are indexed, some 50 bytes each.
        exact_listed: pairs with rare shingles in common that are listed.
        exact_candidates: candidates of the exact search that are compared in full.
        exact_probed: shingles of a part above which every eighth row is tried first.
        own_shingles: shingles of all rows above which they are not read again without a preamble.
        bitmap_pairs: candidates of the exact search above which bitmaps are compared first.
        candidate_pairs: candidates by sketches that are collected before they are passed on.
        print_pairs: pairs whose prints are compared at a time.
        verified_pairs: pairs that a search for all pairs verifies at a time.
        sparing_pairs: candidates that a sparing search collects before it verifies the best.
        template_sample: pairs of template rows that are tried before other candidates.
        template_trial: pairs of template rows that are tried at a time in the last round.
        fruitless_share: budget for comparisons of template rows that find nothing, as a share of all shingles.
        fruitless_shingles: the same budget as a minimum number of shingles.
        prefilter_crowd: rows of a bucket above which a row counts as a candidate without a comparison.
        prefilter_pairs: pairs that the prefilter compares at a time.
        anchor_pairs_by_row: pairs of anchors and members that are verified for clusters, per row.
        anchor_pairs: the same as a minimum number.
        block_shingles: shingles of the rows in a block; two blocks are compared with each other at a time.
        fetched_shingles: shingles of the rows that are read at a time.
        kept_shingles: shingles of the sets that are cached in memory.
        star_pairs: number of pairs of one row from which the other rows are looked up in its set.
        star_shingles: maximum size of a set in which others are looked up.
        bitmap_words: 64-bit words of the bitmaps of sets.
        listed_pairs: pairs of sets with a common hash that are listed at a time.
        group_cost: cost of grouping a hash by the sets that contain it.
        list_cost: cost of listing a pair of sets for a hash.
    """

    exact_shingles: int = 1 << 24
    exact_indexed: int = 1 << 22
    exact_listed: int = 1 << 21
    exact_candidates: int = 1 << 17
    exact_probed: int = 1 << 19
    own_shingles: int = 1 << 26
    bitmap_pairs: int = 1 << 12
    candidate_pairs: int = 1 << 22
    print_pairs: int = 1 << 16
    verified_pairs: int = 1 << 20
    sparing_pairs: int = 1 << 18
    template_sample: int = 1 << 10
    template_trial: int = 1 << 13
    fruitless_share: float = 1 / 4
    fruitless_shingles: int = 1 << 23
    prefilter_crowd: int = 64
    prefilter_pairs: int = 1 << 16
    anchor_pairs_by_row: int = 4
    anchor_pairs: int = 1 << 14
    block_shingles: int = 1 << 20
    fetched_shingles: int = 1 << 20
    kept_shingles: int = 1 << 23
    star_pairs: int = 256
    star_shingles: int = 1 << 12
    bitmap_words: int = 1 << 21
    listed_pairs: int = 1 << 20
    group_cost: float = 40.0
    list_cost: float = 35.0


#: The default limits.
DEFAULT = Limits()

"""Near-duplicates: sketches of rows, candidate pairs, exact verification, clusters."""

from datalint.neardup.across import rows_near
from datalint.neardup.bands import miss_probability
from datalint.neardup.clusters import Clusters, cluster, find_clusters
from datalint.neardup.difference import difference
from datalint.neardup.exact import find_exact
from datalint.neardup.near import assurance, miss_bound, near_clusters, near_pairs
from datalint.neardup.pairs import Limited, Pairs, find_pairs
from datalint.neardup.parts import Parts, join, sketched
from datalint.neardup.query import BUCKET_LIMIT, Query
from datalint.neardup.shingles import Shingling
from datalint.neardup.sketch import Sketches, sketch_texts
from datalint.neardup.text import normalize
from datalint.neardup.verify import Fetch

__all__ = [
    "BUCKET_LIMIT",
    "Clusters",
    "Fetch",
    "Limited",
    "Pairs",
    "Parts",
    "Query",
    "Shingling",
    "Sketches",
    "assurance",
    "cluster",
    "difference",
    "find_clusters",
    "find_exact",
    "find_pairs",
    "join",
    "miss_bound",
    "miss_probability",
    "near_clusters",
    "near_pairs",
    "normalize",
    "rows_near",
    "sketch_texts",
    "sketched",
]

"""Near-duplicates: sketches of rows, candidate pairs, exact verification, clusters."""

from datalint.neardup.limits import Limits
from datalint.neardup.search.clusters import Clusters, cluster, find_clusters
from datalint.neardup.search.entry import assurance, miss_bound, near_clusters, near_pairs
from datalint.neardup.search.exact import find_exact
from datalint.neardup.search.pairs import Limited, Pairs, find_pairs
from datalint.neardup.search.query import BUCKET_LIMIT, Query
from datalint.neardup.search.texts_at_hand import NearRows, Parts, join
from datalint.neardup.sketch.chosen import ChosenSketches, chosen
from datalint.neardup.sketch.sketch import Sketches, sketch_texts
from datalint.neardup.text.common import CommonShingles
from datalint.neardup.text.normalize import normalize
from datalint.neardup.text.shingles import Shingling
from datalint.neardup.verify.compare import Fetch

__all__ = [
    "BUCKET_LIMIT",
    "ChosenSketches",
    "Clusters",
    "CommonShingles",
    "Fetch",
    "Limited",
    "Limits",
    "NearRows",
    "Pairs",
    "Parts",
    "Query",
    "Shingling",
    "Sketches",
    "assurance",
    "chosen",
    "cluster",
    "find_clusters",
    "find_exact",
    "find_pairs",
    "join",
    "miss_bound",
    "near_clusters",
    "near_pairs",
    "normalize",
    "sketch_texts",
]

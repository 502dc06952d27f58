"""Near-duplicates on their own: what ``datalint clusters`` prints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from datalint.core.dataset import Group, Text
from datalint.engine.mapping import Mapper
from datalint.engine.plan import NearSettings, Plan
from datalint.engine.reading import Reader
from datalint.engine.run import map_sources
from datalint.shapes.canonical import visible_surrogates

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from datalint.neardup import Clusters, Pairs
    from datalint.sources import Source


@dataclass(slots=True)
class Found:
    """Verified pairs and clusters over several sources.

    ``places`` has ``file`` (index into ``files``), ``line`` and ``row`` of each example; lines are None for
    containers without them. ``texts`` reads examples again.
    """

    files: list[str]
    places: pl.DataFrame
    pairs: Pairs
    clusters: Clusters
    settings: NearSettings
    reader: Reader

    @property
    def size(self) -> int:
        """Examples compared."""
        return self.places.height

    def place(self, row: int) -> dict[str, Any]:
        """Return ``file``, ``line`` and ``row`` of an example."""
        file, line, ordinal = self.places.row(row)
        return {"file": self.files[file], "line": line, "row": ordinal}

    def texts(self, rows: Sequence[int]) -> list[Text]:
        """Return the texts of examples."""
        return self.reader.texts(rows)

    def groups(self) -> list[Group]:
        """Return the clusters, by anchor."""
        return [Group(list(group.rows), list(group.similarities)) for group in self.clusters.groups()]

    def difference(self, one: Text, other: Text) -> str:
        """Return the words in which two examples differ."""
        from datalint.neardup import difference

        parts = ((one.system, other.system), (one.prompt, other.prompt), (one.response, other.response))
        return "; ".join(difference(a, b) for a, b in parts if a != b)


def find(
    sources: Sequence[Source],
    *,
    view: str = "pair",
    shingle: str = "char-5",
    threshold: float = 0.7,
    columns: Mapping[str, str] | None = None,
    all_pairs: bool = False,
) -> Found:
    """Find near-duplicates of ``sources``, read as one dataset.

    With ``all_pairs`` every verified pair is kept and no bucket is bounded; else those that connect each cluster.
    """
    from datalint.neardup import Shingling, cluster, find_clusters, find_pairs, sketch_texts

    settings = NearSettings(view, shingle, threshold)
    shingling = Shingling.parse(shingle)
    mapper = Mapper(Plan(rules=(), columns=columns or {}, near=settings))
    merged = map_sources(sources, mapper, None, rules=False)
    sketches = merged.sketches or sketch_texts([pl.Series(dtype=pl.String)], shingling)
    reader = Reader(sources, merged.examples, mapper.detector)
    identical = merged.examples["normalized"].to_numpy() if view == "pair" else None

    def fetch(rows: NDArray[np.int64]) -> list[pl.Series]:
        return reader.parts(rows, view)

    if all_pairs:
        pairs = find_pairs(
            sketches, fetch, threshold=threshold, shingling=shingling, identical=identical, bucket_limit=None
        )
        clusters, pairs = cluster(pairs, threshold=threshold), pairs.expand()
    else:
        pairs, clusters = find_clusters(sketches, fetch, threshold=threshold, shingling=shingling, identical=identical)
    return Found(
        files=[visible_surrogates(facts.path) for facts in merged.files],
        places=merged.examples.select("file", "line", "row"),
        pairs=pairs,
        clusters=clusters,
        settings=settings,
        reader=reader,
    )

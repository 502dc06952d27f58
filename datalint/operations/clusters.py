"""The operation behind ``datalint clusters``."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

import polars as pl

from datalint.engine.execute.row_reader import Reader
from datalint.engine.guesses.columns import with_guesses
from datalint.engine.map.mapper import Mapper
from datalint.engine.mapping import map_within
from datalint.engine.plan import NearSettings, Plan
from datalint.engine.reduce.duplicates.families import find_families
from datalint.engine.reduce.duplicates.repeats import Repeats, find_repeats, near_query
from datalint.engine.reduce.missing_keys import refuse_missing
from datalint.privacy.display import FileName, Shown, file_name, printable
from datalint.records.analyses import Family, Group, Text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from datalint.cache.store import Store
    from datalint.core.charts import ThresholdLevel
    from datalint.core.kind import Kind
    from datalint.neardup import NearRows, Pairs, Query
    from datalint.neardup.evaluate.recall import Recall
    from datalint.sources import Source


@dataclass(slots=True)
class SearchRows:
    """Examples of several sources, ready for the search.

    ``places`` has ``file`` (index into ``files``), ``line`` and ``row`` of each example; lines are None for
    containers without them. ``families`` are the template families, the largest first: prompts that differ in
    numbers, names and quoted words alone, which are no duplicates. ``textless`` examples have no text to compare.
    ``repeats`` finds which rows with the same texts are copies: those with another label are none.
    """

    files: list[FileName]
    places: pl.DataFrame
    families: list[Family]
    settings: NearSettings
    query: Query
    sketches: NearRows
    reader: Reader
    repeats: Callable[[], Repeats]
    textless: int = 0

    def find(self, *, all_pairs: bool = False) -> FoundClusters:
        """Return clusters; with ``all_pairs``, also every verified pair, and no bucket is bounded."""
        from datalint.neardup import cluster, near_clusters, near_pairs

        threshold = self.settings.threshold
        if all_pairs:
            pairs = near_pairs(self.sketches, self._fetch, replace(self.query, bucket_limit=None))
            clusters, pairs = cluster(pairs, threshold=threshold), pairs.expand()
        else:
            pairs, clusters = near_clusters(self.sketches, self._fetch, self.query)
        repeats = self.repeats()
        kept = ~repeats.are_others(pairs.first, pairs.second)
        if not kept.all():
            columns = {name: getattr(pairs, name)[kept] for name in ("first", "second", "similarity")}
            pairs = replace(pairs, **columns)
        return FoundClusters(self, pairs, repeats.without_others(clusters.groups()))

    def sweep(self) -> list[ThresholdLevel]:
        """Return what other thresholds find."""
        from datalint.neardup.evaluate.sweep import sweep

        return sweep(self.sketches, self._fetch, self.query)

    def check_recall(self, seed: int = 0) -> tuple[list[Recall], bool]:
        """Plant changed copies and count those found; also return whether the search was exact."""
        from datalint.neardup.evaluate.recall import check_recall

        return check_recall(self.sketches, self._fetch, self.query, seed=seed)

    def _fetch(self, rows: NDArray[np.int64]) -> list[pl.Series]:
        return self.reader.parts(rows, self.settings.view)


@dataclass(slots=True)
class FoundClusters:
    """Verified pairs and clusters, by anchor."""

    rows: SearchRows
    pairs: Pairs
    clusters: list[Group]

    @property
    def size(self) -> int:
        """Examples compared."""
        return self.rows.places.height

    @property
    def settings(self) -> NearSettings:
        """How they were compared."""
        return self.rows.settings

    @property
    def complete(self) -> bool:
        """Whether no pair is missing."""
        return self.pairs.complete

    @property
    def assurance(self) -> str:
        """What may be missed, in words."""
        from datalint.neardup import assurance

        return assurance(self.settings.threshold, complete=self.complete)

    @property
    def missed(self) -> float:
        """The most that the chance of missing a pair at the threshold can be, crowds and templates apart."""
        from datalint.neardup import miss_bound

        return 0.0 if self.complete else miss_bound(self.settings.threshold, self.settings.threshold)

    @property
    def textless(self) -> int:
        """Examples without a text, such as those of token ids, which no other example is compared with."""
        return self.rows.textless

    @property
    def families(self) -> list[Family]:
        """Template families, which are no duplicates."""
        return self.rows.families

    def place(self, row: int) -> dict[str, Any]:
        """Return ``file``, ``line`` and ``row`` of an example."""
        file, line, ordinal = self.rows.places.row(row)
        return {"file": self.rows.files[file], "line": line, "row": ordinal}

    def texts(self, rows: Sequence[int]) -> list[Text]:
        """Return the texts of examples."""
        return self.rows.reader.texts(rows)

    def groups(self) -> list[Group]:
        """Return the clusters, by anchor."""
        return [Group(list(group.rows), list(group.similarities)) for group in self.clusters]

    def difference(self, one: Text, other: Text) -> Shown:
        """Return the words in which two examples differ."""
        from datalint.records.difference import difference

        parts = ((one.system, other.system), (one.prompt, other.prompt), (one.response, other.response))
        return printable("; ".join(difference(a, b) for a, b in parts if a != b))


def load_rows(
    sources: Sequence[Source],
    *,
    view: str = "pair",
    shingle: str = "char-5",
    threshold: float = 0.7,
    columns: Mapping[str, str] | None = None,
    jobs: int = 1,
    cache: tuple[Store, bytes] | None = None,
    memory_limit: int | None = None,
    loose_keys: frozenset[str] = frozenset(),
    kind: Kind | None = None,
) -> SearchRows:
    """Read ``sources`` as one dataset with ``jobs`` processes, ready to be searched for near-duplicates.

    ``cache`` is where chunks are kept between runs, and the identity of the code. ``memory_limit`` in bytes puts
    rows that need more into files, and stops a run that needs more even so before it starts. ``loose_keys`` are as for
    :class:`~datalint.engine.plan.Plan`.

    Raises:
        DatalintError: for such a run, and for a key of ``columns`` that no row has.
    """
    from datalint.neardup import Shingling, sketch_texts

    settings = NearSettings(view, shingle, threshold)
    shingling = Shingling.parse(shingle)
    needs = frozenset(("near",))
    plan = Plan(rules=(), columns=columns or {}, kind=kind, near=settings, needs=needs, loose_keys=loose_keys)
    plan, _ = with_guesses(plan, sources)
    mapper = Mapper(plan)
    merged = map_within(sources, mapper, jobs=jobs, cache=cache, memory_limit=memory_limit)
    refuse_missing(mapper.plan, [merged])
    if merged.sketches is None:
        merged.sketches = sketch_texts([pl.Series(dtype=pl.String)], shingling)
    reader = Reader(sources, merged.examples, mapper.detector, kernels=mapper.kernels)
    return SearchRows(
        files=[file_name(facts.path) for facts in merged.files],
        places=merged.examples.select("file", "line", "row"),
        families=find_families(merged.examples),
        settings=settings,
        query=near_query(merged, reader, settings),
        sketches=merged.sketches,
        reader=reader,
        repeats=partial(find_repeats, merged, reader, settings, needs_near=False),
        textless=merged.examples.filter(
            (pl.col("prompt_chars") == 0) & (pl.col("response_chars") == 0) & ~pl.col("has_system")
        ).height,
    )

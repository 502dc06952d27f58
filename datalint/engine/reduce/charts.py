"""Collects the data of a report's charts: one pass over the columns, and at most 180 rows that are read again."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

from datalint.core.charts import (
    CategoryChart,
    CategoryValue,
    Charts,
    ClusterMember,
    ClusterSize,
    ClusterSizes,
    ClusterTexts,
    FilePositions,
    Lengths,
    Pieces,
    RoleLengths,
    Similarities,
    ThresholdLevel,
)
from datalint.engine.reduce.marked_text import beginning_of, marked
from datalint.privacy.display import FileName, excerpt

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from datalint.core.findings import Findings
    from datalint.records.analyses import Group, Text
    from datalint.records.category import Category
    from datalint.records.dataset import Dataset
    from datalint.records.record import FileFacts

#: Bins of a histogram of lengths in each power of ten, and of a file's length.
_PER_DECADE: Final = 6
POSITIONS: Final = 60
#: Categories drawn on their own, clusters drawn, clusters and members whose texts are shown, files drawn.
_CATEGORIES: Final = 20
_SIZES: Final = 12
_CLUSTERS: Final = 30
_MEMBERS: Final = 6
_FILES: Final = 12
_NAME: Final = 60
_STEP: Final = 0.05


#: Rows that repeat one another, each with its similarity to the anchor, which comes first.
Cluster = dict[int, float]


def draw(
    dataset: Dataset, findings: Findings, names: Sequence[FileName], thresholds: Sequence[ThresholdLevel]
) -> Charts:
    """Return the data of every chart for which there is data.

    ``names`` are the names of the files as in findings, training files first.
    """
    clusters = _clusters(dataset)
    positions = _positions(findings, [*dataset.files, *dataset.evaluation_files], names)
    most = sorted(positions, key=lambda each: -sum(map(sum, each.severities.values())))[:_FILES]
    return Charts(
        lengths=_lengths(dataset.examples),
        category=_category(dataset.category),
        clusters=_sizes(clusters, dataset, names),
        similarity=_similarity(clusters, dataset),
        thresholds=tuple(thresholds),
        positions=tuple(each for each in positions if each in most),
        files_with_findings=len(positions),
        members=tuple(_members(clusters[:_CLUSTERS], dataset, names)),
    )


def length_edges(longest: int, per_decade: int = _PER_DECADE) -> list[int]:
    """Return integers that divide 1 to ``longest`` evenly on a log scale; the last one is greater than ``longest``."""
    edges: list[int] = []
    step = 0
    while not edges or edges[-1] <= longest:
        edge = math.floor(10 ** (step / per_decade) + 0.5)
        if not edges or edge > edges[-1]:
            edges.append(edge)
        step += 1
    return edges


def edges_between(shortest: int, longest: int, per_decade: int = _PER_DECADE) -> list[int]:
    """Return those edges of :func:`length_edges` that are needed for lengths from ``shortest`` to ``longest``."""
    edges = length_edges(longest, per_decade)
    return edges[next(i for i in range(len(edges)) if edges[i + 1] > shortest) :]


def counts_between(edges: Sequence[int], lengths: NDArray[np.int64]) -> list[int]:
    """Return how many of ``lengths`` are in each bin between ``edges``."""
    counts = np.bincount(np.searchsorted(edges, lengths, side="right") - 1, minlength=len(edges) - 1)
    return [int(count) for count in counts[: len(edges) - 1]]


def _lengths(examples: pl.DataFrame) -> Lengths | None:
    columns = {role: examples[f"{role}_chars"].to_numpy().astype(np.int64) for role in ("prompt", "response")}
    longest = max((int(column.max()) for column in columns.values() if len(column)), default=0)
    if longest == 0:
        return None
    shortest = min(int(column[column > 0].min()) for column in columns.values() if (column > 0).any())
    edges = edges_between(shortest, longest)
    return Lengths(tuple(edges), tuple(_role(name, column, edges) for name, column in columns.items()))


def _role(name: str, chars: NDArray[np.int64], edges: list[int]) -> RoleLengths:
    there = chars[chars > 0]
    middle, most = (int(np.percentile(there, part, method="lower")) if len(there) else 0 for part in (50, 95))
    return RoleLengths(
        role=name,
        counts=tuple(counts_between(edges, there)),
        empty=int(len(chars) - len(there)),
        median=middle,
        p95=most,
        longest=int(there.max()) if len(there) else 0,
    )


def _category(category: Category | None) -> CategoryChart | None:
    if category is None or not category.counts:
        return None
    total, even = category.total, 1 / len(category.counts)
    expected = category.expected or {}
    counts = {**category.counts, **{name: 0 for name in expected if name not in category.counts}}
    top = list(counts.items())[:_CATEGORIES]
    rest = list(counts.items())[_CATEGORIES:]
    return CategoryChart(
        key=excerpt(category.key, _NAME),
        total=total,
        missing=category.missing,
        declared=bool(expected),
        values=tuple(
            CategoryValue(
                name=excerpt(name, _NAME),
                count=count,
                share=count / total,
                expected=expected.get(name, 0.0) if expected else even,
            )
            for name, count in top
        ),
        others=len(rest),
        other_count=sum(count for _, count in rest),
        other_expected=sum(expected.get(name, 0.0) for name, _ in rest) if expected else even * len(rest),
    )


def _clusters(dataset: Dataset) -> list[Cluster]:
    """Return the clusters of exact, normalised and near-duplicates together, the largest first.

    A copy of a near-duplicate belongs to the cluster of that near-duplicate, with the same similarity to the anchor.
    """
    anchor: dict[int, tuple[int, float]] = {}
    for groups in (dataset.exact, dataset.normalized, dataset.near):
        for group in groups:
            for row, similarity in zip(group.rows[1:], _similarities(group)[1:], strict=True):
                anchor.setdefault(row, (group.rows[0], similarity))
    clusters: dict[int, Cluster] = {}
    for row in sorted(anchor):
        top, similarity = row, 1.0
        while top in anchor:
            top, next_similarity = anchor[top]
            similarity = min(similarity, next_similarity)
        clusters.setdefault(top, {top: 1.0})[row] = similarity
    return sorted(clusters.values(), key=lambda cluster: (-len(cluster), next(iter(cluster))))


def _similarities(group: Group) -> list[float]:
    return group.similarities or [1.0] * len(group.rows)


def _sizes(clusters: list[Cluster], dataset: Dataset, names: Sequence[FileName]) -> ClusterSizes | None:
    if not clusters:
        return None
    sizes = [len(cluster) for cluster in clusters]
    by_size = Counter(sizes)
    return ClusterSizes(
        count=len(sizes),
        redundant=sum(sizes) - len(sizes),
        examples=dataset.size,
        largest=tuple(
            ClusterSize(*_place(next(iter(cluster)), dataset, names), len(cluster)) for cluster in clusters[:_SIZES]
        ),
        by_size=tuple((size, by_size[size]) for size in sorted(by_size)[:_SIZES]),
    )


def _similarity(clusters: Iterable[Cluster], dataset: Dataset) -> Similarities | None:
    """Return the number of rows that repeat their anchor at each similarity or a higher one, from the threshold of the
    search."""
    found = np.array([value for cluster in clusters for value in list(cluster.values())[1:]], dtype=np.float64)
    if not len(found):
        return None
    search = dataset.analyses.near_search
    threshold = 1.0 if search is None else search.threshold
    steps = [
        round(threshold, 4),
        *(round(level * _STEP, 4) for level in range(1, round(1 / _STEP) + 1) if level * _STEP > threshold + 1e-9),
    ]
    # A similarity is a ratio of integers: similarities that differ by less than this are equal.
    return Similarities(threshold, tuple((step, int((found >= step - 1e-9).sum())) for step in steps))


def _positions(findings: Findings, files: Sequence[FileFacts], names: Sequence[FileName]) -> list[FilePositions]:
    """Return the positions of the findings in each file that has any, in the order of the files."""
    table = findings.table
    if not table.height:
        return []
    rows = pl.DataFrame(
        {
            "file": range(len(files)),
            "rows": [facts.rows_read for facts in files],
            "lines": [facts.lines for facts in files],
            "bins": [_bins(facts) for facts in files],
        },
        schema={"file": pl.Int64, "rows": pl.Int64, "lines": pl.Int64, "bins": pl.Int64},
    )
    row, line = pl.col("row").cast(pl.Float64), pl.col("line").cast(pl.Float64)
    part = pl.coalesce((row - 1) / pl.max_horizontal("rows", 1), (line - 1) / pl.max_horizontal("lines", 1))
    bins = (
        table.select("file", "severity", "row", "line")
        .filter(pl.col("file").is_not_null() & (pl.col("row").is_not_null() | pl.col("line").is_not_null()))
        .with_columns(pl.col("file").cast(pl.Int64))
        .join(rows, on="file", how="inner", maintain_order="left")
        .with_columns((part * pl.col("bins")).floor().clip(0, pl.col("bins") - 1).cast(pl.Int64).alias("bin"))
        .group_by("file", "severity", "bin")
        .len()
    )
    counts: dict[int, dict[str, list[int]]] = {}
    for file, severity, position, count in bins.sort("file", "severity", "bin").iter_rows():
        counts.setdefault(file, {}).setdefault(severity, [0] * _bins(files[file]))[position] = count
    return [
        FilePositions(names[file], files[file].rows_read, {each: tuple(bins) for each, bins in counts[file].items()})
        for file in sorted(counts)
    ]


def _bins(facts: FileFacts) -> int:
    return min(POSITIONS, max(facts.rows_read, 1))


def _members(clusters: list[Cluster], dataset: Dataset, names: Sequence[FileName]) -> list[ClusterTexts]:
    chosen = [_chosen(cluster) for cluster in clusters]
    wanted = sorted({row for rows in chosen for row in rows})
    texts = dict(zip(wanted, dataset.texts(wanted), strict=True))
    return [
        ClusterTexts(
            len(cluster),
            tuple(
                ClusterMember(
                    *_place(row, dataset, names),
                    None if row == rows[0] else cluster[row],
                    *_texts(texts[rows[0]], None if row == rows[0] else texts[row]),
                )
                for row in rows
            ),
        )
        for cluster, rows in zip(clusters, chosen, strict=True)
    ]


def _chosen(cluster: Cluster) -> list[int]:
    """Return the anchor and the members to show: members that differ come before copies, which look the same."""
    anchor, *others = cluster
    differing = [row for row in others if cluster[row] < 1]
    same = [row for row in others if cluster[row] >= 1]
    return [anchor, *sorted([*differing, *same][: _MEMBERS - 1])]


def _texts(anchor: Text, member: Text | None) -> tuple[Pieces, Pieces]:
    """Return the prompt and the response of a row, with the differences from the first row marked."""
    if member is None:
        return tuple(beginning_of(anchor.prompt)), tuple(beginning_of(anchor.response))
    return tuple(marked(anchor.prompt, member.prompt)), tuple(marked(anchor.response, member.response))


def _place(row: int, dataset: Dataset, names: Sequence[FileName]) -> tuple[FileName, int | None, int | None]:
    file, line, number = dataset.examples.select("file", "line", "row").row(row)
    return names[file], line, number

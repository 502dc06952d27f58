"""What a report draws: small tables of numbers, and a few texts of clusters, taken from the merged whole.

Plain data (dicts, lists, strings, numbers), so that a renderer knows nothing of the dataset. All texts hold no secret
and are printable, but for line breaks in those of clusters. Costs a pass over the columns and reading 180 rows at most.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import polars as pl

from datalint.engine.reduce.marked_text import marked, shown
from datalint.privacy.display import FileName, excerpt

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from datalint.core.results import Findings
    from datalint.records.dataset import Category, Dataset, Group, Text
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


#: Rows that repeat one another by any measure, each with its similarity to the anchor, which comes first.
Cluster = dict[int, float]


def draw(
    dataset: Dataset, findings: Findings, names: Sequence[FileName], thresholds: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """Return the data of every picture that there is data for.

    ``names`` are the files' names as findings have them, training files first.
    """
    clusters = _clusters(dataset)
    return {
        "lengths": _lengths(dataset.examples),
        "category": _category(dataset.category),
        "clusters": _sizes(clusters, dataset, names),
        "similarity": _similarity(clusters, dataset),
        "thresholds": list(thresholds),
        "positions": _positions(findings, [*dataset.files, *dataset.evaluation_files], names),
        "members": _members(clusters[:_CLUSTERS], dataset, names),
    }


def length_edges(longest: int) -> list[int]:
    """Return whole numbers that divide 1 to ``longest`` evenly on a log scale, the last one beyond it."""
    edges: list[int] = []
    step = 0
    while not edges or edges[-1] <= longest:
        edge = math.floor(10 ** (step / _PER_DECADE) + 0.5)
        if not edges or edge > edges[-1]:
            edges.append(edge)
        step += 1
    return edges


def _lengths(examples: pl.DataFrame) -> dict[str, Any] | None:
    columns = {role: examples[f"{role}_chars"].to_numpy().astype(np.int64) for role in ("prompt", "response")}
    longest = max((int(column.max()) for column in columns.values() if len(column)), default=0)
    if longest == 0:
        return None
    edges = length_edges(longest)
    shortest = min(int(column[column > 0].min()) for column in columns.values() if (column > 0).any())
    edges = edges[next(i for i in range(len(edges)) if edges[i + 1] > shortest) :]
    return {"edges": edges, "roles": [_role(name, column, edges) for name, column in columns.items()]}


def _role(name: str, chars: NDArray[np.int64], edges: list[int]) -> dict[str, Any]:
    there = chars[chars > 0]
    counts = np.bincount(np.searchsorted(edges, there, side="right") - 1, minlength=len(edges) - 1)
    middle, most = (int(np.percentile(there, part, method="lower")) if len(there) else 0 for part in (50, 95))
    return {
        "role": name,
        "counts": counts[: len(edges) - 1].tolist(),
        "empty": int(len(chars) - len(there)),
        "median": middle,
        "p95": most,
        "longest": int(there.max()) if len(there) else 0,
    }


def _category(category: Category | None) -> dict[str, Any] | None:
    if category is None or not category.counts:
        return None
    total = category.total
    expected = category.expected or {}
    counts = {**category.counts, **{name: 0 for name in expected if name not in category.counts}}
    top = list(counts.items())[:_CATEGORIES]
    rest = list(counts.items())[_CATEGORIES:]
    return {
        "key": excerpt(category.key, _NAME),
        "total": total,
        "missing": category.missing,
        "even": 1 / len(category.counts),
        "declared": bool(expected),
        "values": [
            {
                "name": excerpt(name, _NAME),
                "count": count,
                "share": count / total,
                "expected": expected.get(name, 0.0) if expected else None,
            }
            for name, count in top
        ],
        "others": len(rest),
        "other_count": sum(count for _, count in rest),
        "other_expected": sum(expected.get(name, 0.0) for name, _ in rest) if expected else None,
    }


def _clusters(dataset: Dataset) -> list[Cluster]:
    """Return clusters over copies, normalised and near repeats together, the largest first.

    A copy of a near-duplicate belongs where that near-duplicate does, and is as similar to the anchor.
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


def _sizes(clusters: list[Cluster], dataset: Dataset, names: Sequence[FileName]) -> dict[str, Any] | None:
    if not clusters:
        return None
    sizes = [len(cluster) for cluster in clusters]
    by_size = Counter(sizes)
    return {
        "count": len(sizes),
        "redundant": sum(sizes) - len(sizes),
        "examples": dataset.size,
        "largest": [
            {"size": len(cluster), **_place(next(iter(cluster)), dataset, names)} for cluster in clusters[:_SIZES]
        ],
        "by_size": [[size, by_size[size]] for size in sorted(by_size)][:_SIZES],
    }


def _similarity(clusters: Iterable[Cluster], dataset: Dataset) -> dict[str, Any] | None:
    """Return how many rows repeat their anchor at each similarity and over, from the threshold of the search up."""
    found = np.array([value for cluster in clusters for value in list(cluster.values())[1:]], dtype=np.float64)
    if not len(found):
        return None
    search = dataset.analyses.near_search
    threshold = 1.0 if search is None else search.threshold
    steps = [
        round(threshold, 4),
        *(round(level * _STEP, 4) for level in range(1, round(1 / _STEP) + 1) if level * _STEP > threshold + 1e-9),
    ]
    # A similarity is a ratio of whole numbers: what differs by less than this is the same.
    return {
        "threshold": threshold,
        "view": "" if search is None else search.view,
        "shingle": "" if search is None else search.shingle,
        "steps": [[step, int((found >= step - 1e-9).sum())] for step in steps],
    }


def _positions(findings: Findings, files: Sequence[FileFacts], names: Sequence[FileName]) -> dict[str, Any] | None:
    table = findings.table
    if not table.height:
        return None
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
    most = sorted(counts, key=lambda file: (-sum(map(sum, counts[file].values())), file))[:_FILES]
    shown = [{"file": names[file], "rows": files[file].rows_read, "severities": counts[file]} for file in sorted(most)]
    return {"files": len(counts), "list": shown} if shown else None


def _bins(facts: FileFacts) -> int:
    return min(POSITIONS, max(facts.rows_read, 1))


def _members(clusters: list[Cluster], dataset: Dataset, names: Sequence[FileName]) -> list[dict[str, Any]]:
    chosen = [_chosen(cluster) for cluster in clusters]
    wanted = sorted({row for rows in chosen for row in rows})
    texts = dict(zip(wanted, dataset.texts(wanted), strict=True))
    return [
        {
            "size": len(cluster),
            "members": [
                {
                    **_place(row, dataset, names),
                    "similarity": None if row == rows[0] else cluster[row],
                    **_texts(texts[rows[0]], None if row == rows[0] else texts[row]),
                }
                for row in rows
            ],
        }
        for cluster, rows in zip(clusters, chosen, strict=True)
    ]


def _chosen(cluster: Cluster) -> list[int]:
    """Return the anchor and the members to show: what differs before copies, which all look alike."""
    anchor, *others = cluster
    differing = [row for row in others if cluster[row] < 1]
    same = [row for row in others if cluster[row] >= 1]
    return [anchor, *sorted([*differing, *same][: _MEMBERS - 1])]


def _texts(anchor: Text, member: Text | None) -> dict[str, list[list[str]]]:
    sides = {"prompt": anchor.prompt, "response": anchor.response}
    if member is None:
        return {side: [list(piece) for piece in shown(text)] for side, text in sides.items()}
    return {side: [list(piece) for piece in marked(text, getattr(member, side))] for side, text in sides.items()}


def _place(row: int, dataset: Dataset, names: Sequence[FileName]) -> dict[str, Any]:
    file, line, number = dataset.examples.select("file", "line", "row").row(row)
    return {"file": names[file], "line": line, "row": number}

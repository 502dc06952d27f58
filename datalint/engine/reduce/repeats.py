"""What the merged whole holds: repeats, template families and leaks, ready for rules to word."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from datalint.engine.execute.row_reader import Reader, Readers
from datalint.engine.plan import NearSettings
from datalint.engine.reduce.merge import Merged
from datalint.records.dataset import Group, Leak
from datalint.support.classes import mutable
from datalint.support.duplicates import first_alike, repeated

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from datalint.neardup import Pairs, Sketches

#: Rows up to which a report with pictures shows other thresholds.
_SWEPT = 100_000


@mutable
class Repeats:
    """Which rows repeat which.

    ``anchor[i]`` is the row that row ``i`` repeats (itself when it is the first of its kind), over exact,
    normalised and near repeats together.
    """

    exact: list[Group]
    normalized: list[Group]
    near: list[Group]
    anchor: NDArray[np.int64]
    settings: dict[str, Any] = field(default_factory=dict)

    @property
    def redundant(self) -> NDArray[np.bool_]:
        """Rows beyond the anchor of their cluster."""
        mask: NDArray[np.bool_] = self.anchor != np.arange(len(self.anchor))
        return mask

    @property
    def largest(self) -> int:
        """Size of the largest cluster; 1 when nothing repeats, 0 without rows."""
        return int(np.bincount(self.anchor).max()) if len(self.anchor) else 0


def groups_of(anchors: NDArray[np.int64], members: NDArray[np.int64]) -> list[Group]:
    """Return a group for each anchor of ``members`` (rows that aren't their own anchor), anchor first."""
    found: dict[int, list[int]] = {}
    for member, anchor in zip(members.tolist(), anchors[members].tolist(), strict=True):
        found.setdefault(anchor, [anchor]).append(member)
    return [Group(rows, [1.0] * len(rows)) for _, rows in sorted(found.items())]


def find_repeats(merged: Merged, reader: Reader, near: NearSettings, *, needs_near: bool) -> Repeats:
    """Find exact, normalised and near repeats; near ones are verified pairs grouped by anchor."""
    examples = merged.examples
    rows = np.arange(examples.height)
    exact = first_alike(examples["exact"].to_numpy())
    normalized = first_alike(examples["normalized"].to_numpy())
    repeats = Repeats(
        exact=groups_of(exact, rows[exact != rows]),
        normalized=groups_of(normalized, rows[(normalized != rows) & (exact == rows)]),
        near=[],
        anchor=normalized.copy(),
        settings={"view": near.view, "shingle": near.shingle, "threshold": near.threshold},
    )
    if needs_near and merged.sketches is not None:
        _near(merged, reader, near, repeats)
    return repeats


def _near(merged: Merged, reader: Reader, near: NearSettings, repeats: Repeats) -> None:
    from datalint.neardup import Query, Shingling, near_clusters

    assert merged.sketches is not None
    pairs, clusters = near_clusters(
        merged.sketches,
        lambda wanted: reader.parts(wanted, near.view),
        Query(near.threshold, Shingling.parse(near.shingle), identical=merged.examples["normalized"].to_numpy()),
    )
    # A view gives a cell much sooner than an array does.
    anchor = repeats.anchor.data
    for group in clusters.groups():
        # Copies of a member are reported as copies; a cluster lists one row of each text.
        texts = [i for i, row in enumerate(group.rows) if anchor[row] == row]
        if len(texts) > 1:
            rows = [group.rows[i] for i in texts]
            repeats.near.append(Group(rows, [group.similarities[i] for i in texts]))
            for row in rows:
                anchor[row] = rows[0]
    repeats.anchor = repeats.anchor[repeats.anchor]
    repeats.settings |= _searched(pairs, near)


def _searched(pairs: Pairs, near: NearSettings) -> dict[str, Any]:
    """Return how pairs were looked for: what a reader must know to trust that there are no others."""
    from datalint.neardup import miss_bound

    return {
        "limited": pairs.limited.rows,
        "method": "exact" if pairs.complete else "sketch",
        "miss-bound": 0.0 if pairs.complete else miss_bound(near.threshold, near.threshold),
    }


def sweep_thresholds(merged: Merged, reader: Reader, near: NearSettings) -> list[dict[str, Any]]:
    """Return what other thresholds would find, lowest first; nothing for large datasets, as each is a search."""
    if merged.sketches is None or not 0 < merged.examples.height <= _SWEPT:
        return []
    from datalint.neardup import Shingling
    from datalint.neardup.evaluate.sweep import sweep

    levels = sweep(
        merged.sketches,
        lambda wanted: reader.parts(wanted, near.view),
        shingling=Shingling.parse(near.shingle),
        identical=merged.examples["normalized"].to_numpy(),
    )
    return [level.to_dict() for level in levels]


def find_families(examples: pl.DataFrame) -> list[Group]:
    """Return template families, the largest first: prompts that are one text once numbers and names are masked.

    A family has at least three different texts; a text that repeats is a duplicate, not a family.
    """
    index = pl.int_range(pl.len(), dtype=pl.Int64).alias("i")
    masked = examples.select("template", "templated", index).filter(pl.col("template").is_not_null())
    families = (
        masked.filter(repeated(masked["template"]))
        .group_by("template", maintain_order=True)
        .agg("i", pl.col("templated").n_unique().alias("kinds"))
        .filter(pl.col("kinds") >= 3)
        .sort(pl.col("i").list.len(), pl.col("i").list.first(), descending=[True, False])
    )
    return [Group(rows) for rows in families["i"].to_list()]


def find_leaks(
    training: Merged,
    evaluation: Merged,
    readers: tuple[Reader, Reader],
    near: NearSettings,
    *,
    needs_near: bool,
    method: str | None,
) -> tuple[list[Leak], dict[str, Any]]:
    """Return evaluation rows that training holds too, each once, by its gravest kind; and how they were looked for.

    Kinds: ``exact`` (canonical row), ``normalized`` (same text), ``near`` (verified), ``prompt`` (same context,
    another answer). ``method`` is how repeats were looked for.
    """
    train, held = training.examples, evaluation.examples
    found: dict[int, Leak] = {}
    searched: dict[str, Any] = {}
    for kind, key in (("exact", "exact"), ("normalized", "normalized")):
        _match(train, held, key, kind, found)
    if needs_near and training.sketches is not None and evaluation.sketches is not None:
        searched = _near_leaks(training, evaluation, readers, near, found, exactly=method == "exact")
    with_prompt = pl.col("prompt_chars") > 0
    answered = pl.col("response_chars") > 0
    _match(train.filter(with_prompt & answered), held.filter(with_prompt & answered), "context", "prompt", found)
    return [found[row] for row in sorted(found)], searched


def _match(train: pl.DataFrame, held: pl.DataFrame, key: str, kind: str, found: dict[int, Leak]) -> None:
    pairs = (
        held.select(key, "i")
        .join(train.select(key, pl.col("i").alias("t")).unique(key, keep="first"), on=key)
        .sort("i")
    )
    for row, other in pairs.select("i", "t").iter_rows():
        found.setdefault(row, Leak(row, other, kind, 1.0))


def _near_leaks(
    training: Merged,
    evaluation: Merged,
    readers: tuple[Reader, Reader],
    near: NearSettings,
    found: dict[int, Leak],
    *,
    exactly: bool,
) -> dict[str, Any]:
    from datalint.neardup import Parts, Query, Shingling, Sketches, find_exact, find_pairs, join, rows_near, sketched

    before, after = training.sketches, evaluation.sketches
    assert before is not None
    assert after is not None
    size = training.examples.height
    both = Readers(readers[0], readers[1], size)
    kept = join([before, after]) if isinstance(before, Parts) and isinstance(after, Parts) else None
    normalized = [each.examples["normalized"].to_numpy() for each in (training, evaluation)]
    shingling = Shingling.parse(near.shingle)
    old, new = np.arange(size), np.arange(evaluation.examples.height)

    def fetch(wanted: NDArray[np.int64]) -> list[pl.Series]:
        return kept.fetch(wanted) if isinstance(kept, Parts) else both.parts(wanted, near.view)

    pairs = None
    if exactly:  # what was too much for the training rows alone is so for more
        query = Query(near.threshold, shingling, identical=np.concatenate(normalized), groups=_sides(old, new))
        pairs = find_exact(np.concatenate([before.sizes, after.sizes]), fetch, query)
    if pairs is None:
        # Of many training rows few come near an evaluation row; the others need no place in a second search.
        new = np.setdiff1d(new, np.fromiter(found, np.int64, len(found)))
        some = _some(sketched(after), new)
        old = rows_near(sketched(before), some, near.threshold)
        rows = np.concatenate([old, new + size])
        identical = np.concatenate([normalized[0][old], normalized[1][new]])
        query = Query(near.threshold, shingling, identical=identical, groups=_sides(old, new), spare=True)
        sketches = Sketches.concat([_some(sketched(before), old), some])
        pairs = find_pairs(sketches, lambda wanted: fetch(rows[wanted]), query)
    # Of identical rows only the first of each split is in a pair; the others share its best partner.
    best = (
        pl.DataFrame({"class": pairs.second, "training": old[pairs.first], "similarity": pairs.similarity})
        .sort("class", "similarity", "training", descending=[False, True, False])
        .unique("class", keep="first", maintain_order=True)
    )
    wanted = pl.DataFrame({"row": new, "class": pairs.classes[len(old) :]})
    joined = wanted.join(best, on="class", maintain_order="left")
    for row, training_row, similarity in joined.select("row", "training", "similarity").iter_rows():
        found.setdefault(row, Leak(row, training_row, "near", similarity))
    return _searched(pairs, near)


def _sides(old: NDArray[np.int64], new: NDArray[np.int64]) -> NDArray[np.uint8]:
    return np.repeat(np.array([0, 1], dtype=np.uint8), [len(old), len(new)])


def _some(sketches: Sketches, rows: NDArray[np.int64]) -> Sketches:
    from datalint.neardup import Sketches as Kind

    return Kind(sketches.signatures[rows], sketches.sizes[rows])

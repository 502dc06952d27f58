"""Which row of a cluster stays, and which are removed."""

from __future__ import annotations

import operator
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import polars as pl

from datalint.core.errors import DatalintError
from datalint.engine.map.index import is_reviewed
from datalint.engine.reduce.reviews import find_review
from datalint.fixes.state import Removed
from datalint.privacy.display import excerpt
from datalint.records.places import Places
from datalint.support.graph import components
from datalint.support.repeated_texts import repeats_itself

if TYPE_CHECKING:
    from datalint.records.analyses import Text
    from datalint.records.dataset import Dataset

#: How many times as long as the shortest a text is that may say the same twice, and rows of a cluster that are read
#: then.
_MUCH: Final = 1.8
_READ: Final = 20
#: Takes the rows of a cluster, in order, and the dataset that they are rows of; returns the one to keep.
Keep = Callable[[Sequence[int], "Dataset"], int]


def keep_first(rows: Sequence[int], data: Dataset) -> int:
    """Keep the first row."""
    return rows[0]


def keep_latest(rows: Sequence[int], data: Dataset) -> int:
    """Keep the last row."""
    return rows[-1]


def keep_longest(rows: Sequence[int], data: Dataset) -> int:
    """Keep the row with the longest texts, the first of several; one whose text was pasted twice is not longer."""
    some = data.examples[list(rows)]
    sides: list[list[int]] = [some["prompt_chars"].to_list(), some["response_chars"].to_list()]
    order = sorted(range(len(rows)), key=lambda at: sides[0][at] + sides[1][at], reverse=True)[:_READ]
    longest = order[0]
    if not any(side[longest] and side[longest] >= _MUCH * min(side) for side in sides):
        # The usual case, for which no text is read.
        return rows[longest]
    texts = data.texts([rows[at] for at in order])
    whole = (at for at, text in zip(order, texts, strict=True) if not _is_pasted_twice(text))
    return rows[next(whole, longest)]


def _is_pasted_twice(text: Text) -> bool:
    return repeats_itself(text.response) or repeats_itself(text.prompt)


def keep_reviewed(rows: Sequence[int], data: Dataset) -> int:
    """Keep the first row that a person has reviewed, else the first."""
    review = find_review(data.examples.head(1))
    if review is None:
        return rows[0]
    marks = data.examples[list(rows)].select(is_reviewed(pl.col(f"review:{review.key}"))).to_series()
    return rows[int(marks.arg_max() or 0)]


#: The ways to choose, by the name that ``--keep`` takes.
KEEPS: Final[Mapping[str, Keep]] = {
    "first": keep_first,
    "longest": keep_longest,
    "latest": keep_latest,
    "reviewed": keep_reviewed,
}


def keep_by(choose: Callable[[list[dict[str, Any]]], int]) -> Keep:
    """Return a way to choose from a function that takes the records of a cluster and returns the index of one."""

    def keep(rows: Sequence[int], data: Dataset) -> int:
        chosen = choose(data.records(rows))
        try:
            number = operator.index(chosen)
        except TypeError:
            number = -1
        if not 0 <= number < len(rows):
            raise DatalintError(f"keep returned {excerpt(repr(chosen), 40)}, not the index of one of {len(rows)} rows")
        return rows[number]

    return keep


def one_of_each(hits: pl.DataFrame, data: Dataset, gone: Collection[int], keep: Keep) -> dict[int, Removed]:
    """Return all rows but one of each cluster, with the reason.

    ``hits`` point at the members of clusters, and with their first related row at the anchor. Rows that are ``gone``
    are removed in any case, and stand for no other.
    """
    pairs = hits.select("rule", "at", pl.col("related").list.first().struct.field("at").alias("anchor"), "message")
    edges = [
        (rule, at, anchor, message)
        for rule, at, anchor, message in pairs.drop_nulls().sort("at", "rule").iter_rows()
        if at not in gone and anchor not in gone
    ]
    if not edges:
        return {}
    nodes = np.unique([row for _, at, anchor, _ in edges for row in (at, anchor)])
    left, right = (np.searchsorted(nodes, [edge[part] for edge in edges]) for part in (1, 2))
    labels = components(left, right, len(nodes))
    said = {at: (rule, anchor, message) for rule, at, anchor, message in reversed(edges)}
    rules = {int(labels[one]): edge[0] for one, edge in zip(left.tolist()[::-1], reversed(edges), strict=True)}
    places = Places(data)
    found: dict[int, Removed] = {}
    for members in _members(labels):
        rows = nodes[members].tolist()
        kept = keep(rows, data)
        for row in rows:
            if row == kept:
                continue
            rule, anchor, message = said.get(row, (rules[int(labels[members[0]])], None, ""))
            stays = f"{places.of(kept, row)}, which is kept"
            if not message:
                message = f"a duplicate of {stays}"
            elif anchor != kept:
                message = f"{message}; in one cluster with {stays}"
            found[row] = Removed(rule, message, kept, anchor)
    return found


def _members(labels: np.ndarray) -> list[np.ndarray]:
    order = np.argsort(labels, kind="stable")
    return np.split(order, np.flatnonzero(np.diff(labels[order])) + 1)

"""Rows that must stay on one side of a split: copies, near-duplicates, one prompt or response, one value of a key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import polars as pl

from datalint.core.registry import quoted
from datalint.engine.reduce.duplicates.connected import alike, copy_edges, near_edges, prompt_edges
from datalint.engine.reduce.duplicates.dialogues import dialogue_edges
from datalint.engine.reduce.duplicates.repeats import near_query
from datalint.engine.reduce.leaks.rare_responses import rare_responses
from datalint.neardup import near_clusters
from datalint.records.base_ids import are_siblings, base_ids
from datalint.shapes.category import category_value
from datalint.support.classes import mutable
from datalint.support.graph import components

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from datalint.engine.execute.row_reader import Reader
    from datalint.engine.plan import NearSettings
    from datalint.engine.reduce.merge import Merged
    from datalint.records.leaks import Leak
    from datalint.sources import Source

Rows = Any
#: The most rows of a group that is joined by a response: those with two of the most frequent rare responses.
_JOINED: Final = 10
#: What connects rows, in words.
_REASONS: Final = {
    "exact": "exact copies",
    "normalized": "the same texts except for case, white space and the form of JSON",
    "near": "near-duplicates",
    "dialogue": "turns of one dialogue",
    "prompt": "the same prompt",
    "response": "the same long response",
    "near-prompt": "nearly the same prompt",
}


def in_words(connected: Mapping[str, int], keys: Sequence[str] = ()) -> str:
    """Return how many rows each reason connects to an earlier one; ``keys`` are those whose values do."""
    words = {**_REASONS, "key": f"the same value of {' or '.join(map(quoted, keys))}"}
    return ", ".join(f"{words[reason]} ({count:,})" for reason, count in connected.items() if count)


@mutable
class Groups:
    """Connected rows: ``labels[i]`` is the first row of the group of row ``i``.

    ``connected`` is how many rows each reason connects to an earlier one. ``common_prompt`` is the share of the rows
    with one prompt, where that is so high that rows are not connected by prompts; None otherwise. ``responses`` numbers
    the long and rare responses of rows, which connect rows where that makes no large group.
    """

    labels: NDArray[np.int64]
    connected: dict[str, int]
    common_prompt: float | None = None
    responses: NDArray[np.int64] | None = None

    def connect(self, leaks: Sequence[Leak]) -> None:
        """Connect the rows of leaks that were found when the groups were divided."""
        rows = np.arange(len(self.labels))
        for kind in sorted({leak.kind for leak in leaks}):
            pairs = np.array([(leak.training, leak.evaluation) for leak in leaks if leak.kind == kind], np.int64)
            before = np.count_nonzero(self.labels == rows)
            left, right = np.append(rows, pairs[:, 0]), np.append(self.labels, pairs[:, 1])
            self.labels = components(left, right, len(rows))
            joined = int(before - np.count_nonzero(self.labels == rows))
            self.connected[kind] = self.connected.get(kind, 0) + joined


def find_groups(merged: Merged, reader: Reader, near: NearSettings, keys: Sequence[NDArray[np.int64]] = ()) -> Groups:
    """Connect rows that are copies, near-duplicates or have one prompt, or one number in one of ``keys`` (-1: none).

    Rows with one long and rare response are connected too, where that joins groups to small ones only: a chain of
    responses and prompts could connect most rows.
    """
    examples = merged.examples
    rows = np.arange(examples.height)
    edges: dict[str, tuple[Rows, Rows]] = dict(copy_edges(examples))
    if merged.sketches is not None and examples.height:
        query = near_query(merged, reader, near)
        pairs, _ = near_clusters(merged.sketches, partial(reader.parts, view=near.view), query)
        edges["near"] = near_edges(pairs)
        edges["dialogue"] = dialogue_edges(np.stack([pairs.first, pairs.second], axis=1), examples, reader)
    prompts, largest = prompt_edges(examples)
    if prompts is not None:
        edges["prompt"] = prompts
    if keys:
        edges["key"] = np.tile(rows, len(keys)), np.concatenate([alike(each, each >= 0) for each in keys])
    connected = {}
    labels = rows
    for reason, (left, right) in edges.items():
        before = np.count_nonzero(labels == rows)
        labels = components(np.append(left, rows), np.append(right, labels), len(rows))
        connected[reason] = int(before - np.count_nonzero(labels == rows))
    before = np.count_nonzero(labels == rows)
    responses = rare_responses(examples, reader.texts)
    labels = _joined(labels, responses)
    connected["response"] = int(before - np.count_nonzero(labels == rows))
    return Groups(labels, connected, largest if prompts is None else None, responses)


def _joined(labels: NDArray[np.int64], responses: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return ``labels`` of groups after those with one number in ``responses`` are joined, if they have few rows."""
    rows = np.arange(len(labels))
    joined = components(np.append(rows, rows), np.append(labels, alike(responses, responses >= 0)), len(rows))
    few = np.bincount(joined, minlength=len(rows)) <= _JOINED
    return np.where(few[joined], joined, labels)


def key_numbers(sources: Sequence[Source], key: str) -> NDArray[np.int64]:
    """Return a number for the value of each row under a key (dots reach into objects), -1 where it has none.

    Ids with suffixes of rows that were made of another one have its number, if several rows have such siblings.
    """
    values = [
        category_value(record, key)
        for source in sources
        for chunk in source.chunks(0)
        for record in chunk.load().records
    ]
    column = pl.Series(values, dtype=pl.String)
    bases = base_ids(column)
    if are_siblings(column, bases):
        column = bases
    numbers = column.rank("dense").cast(pl.Int64).fill_null(-1)
    return numbers.to_numpy()

"""Rows that a split keeps on one side: what connects them, and the largest group of them in a check."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from datalint.support.duplicates import first_alike
from datalint.support.graph import components

if TYPE_CHECKING:
    import polars as pl
    from numpy.typing import NDArray

    from datalint.neardup import Pairs
    from datalint.records.leaks import Leak

Edges = tuple["NDArray[np.int64]", "NDArray[np.int64]"]
#: Share of the rows with one prompt from which prompts do not tell rows apart.
_MOST: Final = 0.5
#: Share of the rows in one group from which on it may leave too few for evaluation; smaller groups are not looked for.
_LARGE: Final = 0.5


def copy_edges(examples: pl.DataFrame) -> Mapping[str, Edges]:
    """Return what connects exact copies, and texts that are equal once normalised."""
    rows = np.arange(examples.height)
    return {kind: (rows, first_alike(examples[kind].to_numpy())) for kind in ("exact", "normalized")}


def near_edges(pairs: Pairs) -> Edges:
    """Return what connects near-duplicates."""
    return np.append(pairs.first, np.arange(len(pairs.classes))), np.append(pairs.second, pairs.classes)


def prompt_edges(examples: pl.DataFrame) -> tuple[Edges | None, float]:
    """Return what connects rows with one prompt, None where most rows have it; and the share of these rows."""
    said = ((examples["prompt_chars"] > 0) & (examples["response_chars"] > 0)).to_numpy()
    prompts = alike(examples["context"].to_numpy(), said)
    largest = float(np.bincount(prompts).max(initial=0) / max(len(prompts), 1))
    return ((np.arange(len(prompts)), prompts) if largest <= _MOST else None), largest


def alike(values: NDArray[Any], counts: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return the first row with the same value of each row that ``counts``, the row itself of the others."""
    found = np.arange(len(values))
    where = np.flatnonzero(counts)
    found[where] = where[first_alike(values[where])]
    return found


def largest_group(examples: pl.DataFrame, near: Edges | None, leaks: Sequence[Leak]) -> tuple[int, int]:
    """Return how many training rows and evaluation rows are in the largest group; none if it has not most rows.

    A split may connect more rows, so that these are the least.
    """
    prompts, _ = prompt_edges(examples)
    edges = [*copy_edges(examples).values(), *(each for each in (near, prompts) if each is not None)]
    left, right = (np.concatenate(ends) for ends in zip(*edges, strict=True))
    apart = left != right
    # It takes an edge less than rows to connect them, so that most datasets need no closer look.
    if np.count_nonzero(apart) < max(_LARGE * examples.height - 1, 1):
        return 0, 0
    labels = components(left[apart], right[apart], examples.height)
    sizes = np.bincount(labels)
    group = int(sizes.argmax())
    if sizes[group] < _LARGE * examples.height:
        return 0, 0
    # Unless prompts connect rows, a leaked prompt connects none.
    kinds = {leak.kind for leak in leaks} - (set() if prompts is not None else {"prompt"})
    held = {leak.evaluation for leak in leaks if leak.kind in kinds and labels[leak.training] == group}
    return int(sizes[group]), len(held)

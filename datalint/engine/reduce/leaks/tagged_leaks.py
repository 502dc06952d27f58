"""Differences of the tags of sentences that both the training set and the evaluation set have."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import polars as pl

from datalint.engine.reduce.other_taggings import Tagged, names_of, read_tagged
from datalint.records.leaks import Leak
from datalint.shapes.formats.token_labels import TOKEN_LABELS

if TYPE_CHECKING:
    from datalint.engine.execute.row_reader import Reader

#: The most leaks whose rows are read again.
_MOST: Final = 20_000


def with_taggings(leaks: Sequence[Leak], examples: pl.DataFrame, readers: tuple[Reader, Reader]) -> list[Leak]:
    """Return the leaks, those of one sentence with other tags with the first token that has them.

    A leak has no such token if only something else in the rows differs, or if one has names of tags and the other
    numbers, which cannot be compared.
    """
    tagged = examples["shape"] == TOKEN_LABELS
    found = [place for place, leak in enumerate(leaks) if leak.kind == "prompt" and tagged[leak.training]][:_MOST]
    if not found:
        return list(leaks)
    ours = readers[0].records([leaks[place].training for place in found])
    theirs = readers[1].records([leaks[place].evaluation for place in found])
    changed = list(leaks)
    for place, mine, its in zip(found, map(read_tagged, ours), map(read_tagged, theirs), strict=True):
        if mine is not None and its is not None and _can_be_compared(mine, its):
            changed[place] = leaks[place]._replace(names=tuple(names_of(mine.tokens, [mine.tags, its.tags])))
    return changed


def _can_be_compared(one: Tagged, other: Tagged) -> bool:
    kinds = {type(tag) for tag in (*one.tags, *other.tags)}
    return len(one.tags) == len(other.tags) and one.tags != other.tags and len(kinds) == 1

"""Leaks of rows that differ in a system prompt which all rows of a split share: it says nothing about one of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

from datalint.engine.map.index import without_system
from datalint.engine.reduce.leaks.unlike_leaks import pairs_of
from datalint.records.leaks import Leak

if TYPE_CHECKING:
    from datalint.engine.execute.row_reader import Reader

#: Share of the rows of a split that have the same system prompt, or none, and rows of a split at least.
_NEARLY_ALL: Final = 0.95
_LEAST: Final = 8
#: What the rows of such a leak differ in.
_BUT: Final = "the system prompt"


def leaks_but_for_system(
    train: pl.DataFrame, held: pl.DataFrame, readers: tuple[Reader, Reader], leaks: Iterable[Leak]
) -> list[Leak]:
    """Return the leaks, and those of rows that differ in the one system prompt of their split, or in their answers too.

    To the other searches another system prompt makes another prompt. If each split has one of its own, it may say what
    is done with a text, and only rows with the same answer leak.
    """
    found = list(leaks)
    systems = [_shared_system(examples, reader) for examples, reader in zip((train, held), readers, strict=True)]
    if None in systems or systems[0] == systems[1]:
        return found
    ours, theirs = (
        _plain(examples, system) for examples, system in zip((train, held), systems, strict=True) if system is not None
    )
    asked, answered = pl.col("prompt_chars") > 0, pl.col("response_chars") > 0
    pairs = pairs_of(ours, theirs, asked, asked, "plain").sort("training", "evaluation")
    same = pairs_of(ours, theirs, asked & answered, asked & answered, "whole")
    equal = set(same.iter_rows())
    known = {leak.training for leak in found}, {leak.evaluation for leak in found}
    for row, other in sorted({*equal, *(pairs.iter_rows() if "" in systems else ())}):
        if row not in known[0] or other not in known[1]:
            kind = "normalized" if (row, other) in equal else "prompt"
            found.append(Leak(other, row, kind, 1.0, but=_BUT))
    return sorted(found)


def _shared_system(examples: pl.DataFrame, reader: Reader) -> str | None:
    """Return the system prompt that nearly all rows have, empty if nearly all have none; None for several."""
    counts = examples["system_hash"].value_counts(sort=True)
    if examples.height < _LEAST or counts["count"][0] < _NEARLY_ALL * examples.height:
        return None
    row = int((examples["system_hash"] == counts["system_hash"][0]).arg_true()[0])
    return reader.texts([row])[0].system


def _plain(examples: pl.DataFrame, system: str) -> pl.DataFrame:
    """Return what rows are compared by, without the system prompt that they share."""
    plain = without_system(examples["context"], system)
    answers = examples["answer"].to_numpy()
    whole = pl.Series("whole", plain.to_numpy() ^ np.left_shift(answers, np.uint64(1)))
    return examples.select("i", "prompt_chars", "response_chars", plain.alias("plain"), whole)

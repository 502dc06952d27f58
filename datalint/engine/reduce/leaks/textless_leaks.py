"""Rows of unknown shape without a text, such as an id and labels: they are equal by chance, and no leaks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from datalint.records.sentences import has_sentence
from datalint.shapes.detect import UNKNOWN

if TYPE_CHECKING:
    import polars as pl

    from datalint.engine.execute.row_reader import Reader
    from datalint.records.leaks import Leak

#: Rows that are read at a time.
_BLOCK: Final = 50_000


def without_textless(leaks: Sequence[Leak], train: pl.DataFrame, reader: Reader) -> list[Leak]:
    """Return leaks without those of training rows of unknown shape that have no text of some words."""
    unknown = (train["shape"] == UNKNOWN.name).to_numpy()
    if not leaks or not unknown.any():
        return list(leaks)
    rows = sorted({leak.training for leak in leaks if unknown[leak.training]})
    left_out: set[int] = set()
    for begin in range(0, len(rows), _BLOCK):
        block = rows[begin : begin + _BLOCK]
        left_out.update(
            row for row, record in zip(block, reader.records(block), strict=True) if not has_sentence(record)
        )
    return [leak for leak in leaks if leak.training not in left_out]

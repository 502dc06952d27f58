"""Contrastive rows that have the anchor and the positive of another one, next to another negative."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import polars as pl

from datalint.api import Chunk, Dataset, Group, Hit, Severity, others
from datalint.rules.common.frames import Frames

_SHAPE: Final = "contrastive"
#: What the names of all keys of negatives have in them.
_NEGATIVE: Final = "neg"
#: Share of the rows above which an example is meant to have a row for each of its negatives.
_BY_DESIGN: Final = 0.5


def find_pairs(chunk: Chunk) -> Frames:
    """Return the contrastive rows of a chunk with a hash of anchor and positives, except for case and white space."""
    is_pair = chunk.examples["shape"] == _SHAPE
    if not is_pair.any():
        return chunk.examples.height, []
    text = pl.col("text").str.to_lowercase().str.replace_all(r"\s+", " ").str.strip_chars()
    named = pl.col("path").str.split("[").list.first()
    matched = (
        chunk.turns.lazy()
        .filter(pl.col("example").is_in(is_pair.arg_true().implode()) & ~named.str.contains_any([_NEGATIVE]))
        .group_by(pl.col("example").cast(pl.Int64), maintain_order=True)
        .agg(text.alias("texts"))
        .filter(pl.col("texts").list.len() > 1)
        .select("example", pl.col("texts").hash().alias("pair"))
        .collect(engine="in-memory")
    )
    return chunk.examples.height, [matched]


def repeated_pairs(data: Dataset, copies: Iterable[Group]) -> Iterator[Hit]:
    """Yield a note on the rows with the anchor and positives of an earlier one; rows of ``copies`` are left out."""
    if data.measured is None or not data.measured[1]:
        return
    copied = [row for group in copies for row in group.rows[1:]]
    pairs = pl.concat(data.measured[1]).filter(~pl.col("example").is_in(copied))
    rows = pairs.filter(~pl.col("pair").is_first_distinct())["example"].to_list()
    if rows and len(rows) <= _BY_DESIGN * pairs.height:
        repeat = "1 row repeats" if len(rows) == 1 else f"{len(rows):,} rows repeat"
        yield Hit(
            f"{repeat} the query and the positive of another one, with another negative: a loss with "
            "in-batch negatives treats the positive of one row as a negative of the other",
            at=rows[0],
            related=others(rows[1:]),
            severity=Severity.INFO,
            key="contrastive",
            fixable=False,
        )

"""Leaks of contrastive rows: what is asked and what matches it, whatever other texts do not match."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from datalint.engine.reduce.leaks.unlike_leaks import joined_pairs
from datalint.records.leaks import Leak
from datalint.shapes.formats import contrastive

if TYPE_CHECKING:
    from datalint.engine.execute.row_reader import Reader

#: Rows that are read at a time.
_ROWS: Final = 8_192
#: Rows of a split with one anchor, above which it is an instruction or the name of a class.
_MOST: Final = 20
_NAME: Final = contrastive.SHAPE.name
_PARTS: Final = {"i": pl.Int64, "anchor": pl.String, "matched": pl.String}


def contrastive_leaks(
    train: pl.DataFrame, held: pl.DataFrame, readers: tuple[Reader, Reader], leaks: Iterable[Leak]
) -> list[Leak]:
    """Return the leaks, and those of contrastive rows with the anchor, or also the positive, of another one.

    The negatives are often drawn at random, so that to the other searches such rows are different prompts.
    """
    found = list(leaks)
    if not ((train["shape"] == _NAME).any() and (held["shape"] == _NAME).any()):
        return found
    mine, theirs = (_parts(each, reader) for each, reader in zip((train, held), readers, strict=True))
    for keys, kind, but in ((["anchor", "matched"], "near", "what does not match"), (["anchor"], "prompt", "")):
        ours = {leak.training for leak in found}, {leak.evaluation for leak in found}
        for row, other in _pairs(mine, theirs, keys):
            if row not in ours[0] or other not in ours[1]:
                found.append(Leak(other, row, kind, 1.0, but=but))
    return sorted(found)


def _pairs(mine: pl.DataFrame, theirs: pl.DataFrame, keys: list[str]) -> Iterable[tuple[int, int]]:
    """Return the rows of both splits with equal parts, each with the first such row of the other one."""
    one, other = mine.rename({"i": "training"}), theirs.rename({"i": "evaluation"})
    if keys == ["anchor"]:
        one, other = (each.filter(pl.len().over("anchor") <= _MOST) for each in (one, other))
    return joined_pairs(one, other, keys).iter_rows()


def _parts(examples: pl.DataFrame, reader: Reader) -> pl.DataFrame:
    """Return the rows that have an anchor and a positive, with both, but for case and white space."""
    rows: list[int] = examples.filter(pl.col("shape") == _NAME)["i"].to_list()
    blocks = []
    for start in range(0, len(rows), _ROWS):
        some = rows[start : start + _ROWS]
        read = zip(some, map(contrastive.anchor_and_positives, reader.records(some)), strict=True)
        parts = [(row, _folded(anchor), _folded(matched)) for row, (anchor, matched) in read if anchor and matched]
        blocks.append(pl.DataFrame(parts, schema=_PARTS, orient="row"))
    return pl.concat(blocks)


def _folded(value: Any) -> str:
    return " ".join(str(value).casefold().split())

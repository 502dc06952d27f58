"""Hashes of prompts of two texts in either order, where this has no meaning, as in how alike two sentences are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
import polars as pl

from datalint.neardup.text.hashing import constant
from datalint.shapes.flatten import Flat

_PAIR: Final = 2


def hashes_of_pairs(flat: Flat, prompts: pl.Series, compute: Callable[[pl.Series], pl.Series]) -> pl.Series:
    """Return the hashes of ``prompts``, with the same one for two texts in either order where this has no meaning.

    ``compute`` returns the hashes of texts.
    """
    rows = [row for row, shape in enumerate(flat.shapes) if shape.unordered]
    if not rows:
        return prompts
    asked = flat.turns.filter(pl.col("is_prompt") & pl.col("example").is_in(pl.Series(rows, dtype=pl.UInt32).implode()))
    texts = asked.select("example", compute(asked["text"]).alias("hash")).group_by("example")
    pairs = texts.agg(pl.len(), pl.first("hash"), pl.last("hash").alias("other")).filter(pl.col("len") == _PAIR)
    # NumPy's sums wrap around. Scattering changes a series in place.
    sums = pairs["hash"].to_numpy() + pairs["other"].to_numpy()
    return prompts.clone().scatter(pairs["example"], pl.Series(sums * np.uint64(constant(40, _PAIR))))

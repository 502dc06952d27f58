"""Tests of texts in stages: a costly test runs only on the texts that passed the cheaper ones before it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import polars as pl


def passing(condition: pl.Expr, text: pl.Expr, *tests: Callable[[pl.Expr], pl.Expr]) -> pl.Expr:
    """Return whether ``condition`` holds and ``text`` passes each of ``tests``; none of them gives null.

    Each test is made only of the texts that have passed all before it. Polars itself would evaluate it for every row
    of the chunk, below a ``when`` too, and a call for each of many short texts takes as long as searching them does.
    """
    made = [test(pl.col("text")) for test in tests]

    def passed(columns: Sequence[pl.Series]) -> pl.Series:
        chosen, left = columns
        found = chosen.to_numpy().copy()
        for test in made:
            left = left.filter(chosen)
            if not len(left):
                break
            chosen = left.alias("text").to_frame().select(test).to_series()
            found[found] = chosen.to_numpy()
        return pl.Series(found)

    return pl.map_batches([condition, text], passed, return_dtype=pl.Boolean)

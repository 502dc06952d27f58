"""Rows outside of training with a response that training has for another prompt, as of one text from two sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    import polars as pl

    from datalint.fixes.sides import Sides

#: Characters of a response from which it says more than a label, and rows that may have it if it is no stock phrase.
_CHARS: Final = 30
_ROWS: Final = 5


def same_responses(examples: pl.DataFrame, sides: Sides) -> dict[str, int]:
    """Return for each side but ``train`` the rows whose long response, which few rows have, is in training too.

    Responses are compared as they are normalised: case and white space do not count.
    """
    long = np.flatnonzero((examples["response_chars"] >= _CHARS).to_numpy())
    _, number, count = np.unique(examples["response_hash"].to_numpy()[long], return_inverse=True, return_counts=True)
    side = sides.sides[long]
    trained = np.bincount(number[side == 0], minlength=len(count)) > 0
    shared = (trained & (count <= _ROWS))[number]
    return {name: int(np.count_nonzero(shared & (side == i))) for i, name in enumerate(sides.names) if i}

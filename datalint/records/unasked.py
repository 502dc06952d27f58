"""Answers of a model whose prompts are in another file: equal ones may answer different prompts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from datalint.support.duplicates import first_alike

if TYPE_CHECKING:
    import polars as pl
    from numpy.typing import NDArray

#: The shape of such rows, and of responses of a batch.
_SHAPE: Final = "model-answers"


def unasked_rows(examples: pl.DataFrame) -> NDArray[np.bool_]:
    """Return which rows are answers without their prompts, but for exact copies of a row, which have its id too."""
    alone = ((examples["shape"] == _SHAPE) & (examples["prompt_chars"] == 0)).to_numpy()
    if not alone.any():
        return alone
    first: NDArray[np.bool_] = alone & (first_alike(examples["exact"].to_numpy()) == np.arange(examples.height))
    return first


def are_unasked(examples: pl.DataFrame) -> bool:
    """Return whether all rows, one at least, are answers without their prompts."""
    return bool(examples.height and ((examples["shape"] == _SHAPE) & (examples["prompt_chars"] == 0)).all())

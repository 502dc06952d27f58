"""Rows whose other half is in another file: answers without their prompts, and requests of a batch.

Equal answers may answer different prompts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from datalint.core.kind import REQUESTS
from datalint.support.duplicates import first_alike

if TYPE_CHECKING:
    import polars as pl
    from numpy.typing import NDArray

#: The shape of such rows, and of responses of a batch.
_SHAPE: Final = "model-answers"
#: What answers and requests alone are, as words of a scorecard.
_ANSWERS_ALONE: Final = "answers, to be joined with their prompts first"
_REQUESTS_ALONE: Final = "requests, to be joined with their responses first"


def unasked_rows(examples: pl.DataFrame) -> NDArray[np.bool_]:
    """Return which rows are answers without their prompts, but for exact copies of a row, which have its id too."""
    alone = ((examples["shape"] == _SHAPE) & (examples["prompt_chars"] == 0)).to_numpy()
    if not alone.any():
        return alone
    first: NDArray[np.bool_] = alone & (first_alike(examples["exact"].to_numpy()) == np.arange(examples.height))
    return first


def to_join(examples: pl.DataFrame) -> str:
    """Return with what all rows are to be joined before they are examples; empty if some are examples as they are."""
    if not examples.height:
        return ""
    if ((examples["shape"] == _SHAPE) & (examples["prompt_chars"] == 0)).all():
        return _ANSWERS_ALONE
    return _REQUESTS_ALONE if (examples["shape"] == REQUESTS).all() else ""

"""The note on what rates or may judge the answers, and is not read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import polars as pl

from datalint.core.kind import SFT, TEXT
from datalint.engine.reduce.rating_note import may_be_flag, rating_note
from datalint.shapes.detect import UNKNOWN

if TYPE_CHECKING:
    from datalint.engine.plan import Plan
    from datalint.records.dataset import Dataset

#: Rows at least, and characters of a label.
_LEAST: Final = 20
_LABEL: Final = 40


def judging_note(dataset: Dataset, plan: Plan) -> str | None:
    """Return the note on a rating, or else on a yes or no, next to answers; None if there is none.

    Keys that are mapped, or were guessed to mean something, are read. Only a few rows are looked at.
    """
    if dataset.kind not in (SFT, TEXT) or dataset.size < _LEAST or not _are_texts(dataset.examples):
        return None
    first = dataset.records([0])[0]
    if (rated := rating_note(dataset, plan, first)) is not None:
        return rated
    # Who maps the columns has decided what is learned.
    if plan.columns or dataset.kind != SFT or not any(map(may_be_flag, first.values())):
        return None
    from datalint.engine.reduce.flag_note import flag_note

    return flag_note(dataset, plan, first)


def _are_texts(examples: pl.DataFrame) -> bool:
    """Whether most rows are read, and most responses longer than a label: next to one, a number may be its stars."""
    short = ((examples["response_chars"] <= _LABEL) | (examples["shape"] == UNKNOWN.name)).sum()
    return 2 * short < examples.height

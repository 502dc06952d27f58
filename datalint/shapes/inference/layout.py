"""The class :class:`Layout`: rows that hold certain things together, and the function that recognizes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from datalint.shapes.evidence.sampled import SampledColumn
from datalint.shapes.guess import Guess
from datalint.support.named_tuple import NamedTuple


class Layout(NamedTuple):
    """Rows that hold certain things together, whatever their keys are named.

    ``holds`` says what, in a few words. ``recognize`` returns the guess about columns and their rows, and None for rows
    that hold anything else. Layouts that also recognize some of the rows, and know less about them, are named in
    ``before``: they are asked later. Any other order gives the same guesses.
    """

    holds: str
    recognize: Callable[[Sequence[SampledColumn], Sequence[Mapping[str, Any]]], Guess | None]
    before: tuple[str, ...] = ()


def first_of(
    layouts: Iterable[Layout], columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]
) -> Guess | None:
    """Return the guess of the first layout that recognizes the rows; None if none does."""
    return next((found for each in layouts if (found := each.recognize(columns, rows)) is not None), None)

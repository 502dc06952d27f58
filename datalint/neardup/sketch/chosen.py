"""Some rows of sketches, in the arrays of all of them: for one side of a dataset that is compared with the others."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

import numpy as np
import numpy.typing as npt
import polars as pl

from datalint.neardup.sketch.sketch import Sketches
from datalint.neardup.text.hashing import Rows


class ChosenSketches:
    """The sketches of ``rows``; can be used in place of :class:`Sketches`, and copies signatures only if asked for.

    ``of`` are the sketches of all rows.
    """

    has_texts = False

    def __init__(self, of: Sketches, rows: Rows) -> None:
        self.of = of
        self.rows = rows

    def __len__(self) -> int:
        return len(self.rows)

    @cached_property
    def sizes(self) -> npt.NDArray[np.uint32]:
        """The sizes of the sketches."""
        return self.of.sizes[self.rows]

    @property
    def signatures(self) -> npt.NDArray[np.uint16]:
        """A copy of the signatures."""
        return self.sketches.signatures

    @property
    def sketches(self) -> Sketches:
        """A copy of the sketches."""
        return self.of.take(self.rows)

    def take(self, rows: Rows) -> Sketches:
        """Return a copy of the sketches of some of these rows, in the order asked for."""
        return self.of.take(self.rows[rows])

    reduced = take

    def reader(self, fetch: Callable[[Rows], list[pl.Series]]) -> Callable[[Rows], list[pl.Series]]:
        """Return the function that reads the normalised parts of rows: ``fetch``."""
        return fetch


def chosen(sketches: Sketches | ChosenSketches, rows: Rows) -> ChosenSketches:
    """Return the sketches of ``rows`` without a copy of their signatures."""
    if isinstance(sketches, ChosenSketches):
        return ChosenSketches(sketches.of, sketches.rows[rows])
    return ChosenSketches(sketches, rows)

"""The sides that a dataset is split into, and how much each gets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from datalint.support.classes import mutable
from datalint.support.named_tuple import NamedTuple

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Share(NamedTuple):
    """How much a side gets: a number of rows, or a share of them."""

    rows: int | None = None
    share: float | None = None

    def of(self, size: int) -> float:
        """Return the share of ``size`` rows."""
        return self.share if self.share is not None else min((self.rows or 0) / max(size, 1), 1.0)

    def __str__(self) -> str:
        return f"{self.rows}" if self.rows is not None else f"{100 * (self.share or 0):g}%"


@mutable
class Sides:
    """Which side each row is on: an index into ``names``, the first of which is ``train``.

    ``limits`` has for each stratum the hash below which a group is on each of the other sides, ``bounds`` are the
    lengths that divide strata, and ``largest`` is the size of a group up to which it may be on another side than
    ``train``: what the next run needs so that rows keep their side.
    """

    names: Sequence[str]
    sides: NDArray[np.int64]
    strata: pl.Series
    limits: dict[str, list[float]]
    bounds: list[float]
    largest: int
    category: str | None = None
    leaks: int = 0
    near_prompts: int = 0

    @property
    def table(self) -> pl.DataFrame:
        """The number of rows on each side by stratum."""
        frame = pl.DataFrame({"stratum": self.strata, "side": pl.Series(self.names).gather(self.sides)})
        counted = frame.group_by("stratum", "side").len()
        wide = counted.pivot(on="side", index="stratum", values="len").fill_null(0).sort("stratum")
        return wide.with_columns(pl.lit(0).alias(name) for name in self.names if name not in wide.columns)

    def counts(self) -> dict[str, int]:
        """Return the number of rows of each side."""
        sizes = np.bincount(self.sides, minlength=len(self.names)).tolist()
        return dict(zip(self.names, sizes, strict=True))

"""What maximum lengths do with the rows of a dataset."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from datalint.engine.reduce.charts import counts_between, edges_between
from datalint.stats.figures import Histogram, LengthEffect, Truncation
from datalint.support.named_tuple import NamedTuple

if TYPE_CHECKING:
    import polars as pl
    from numpy.typing import NDArray

#: Maximum lengths whose effect is shown, in tokens.
LENGTHS: Final = (512, 1024, 2048, 4096, 8192, 16_384, 32_768)
#: Bins of a histogram in each power of ten.
_PER_DECADE: Final = 12


class TokenLengths(NamedTuple):
    """The tokens of each row that can be rendered: all of them, and where those that carry loss begin and end.

    Without a model, ``first`` and ``end`` are None. Of a preference, each is that of the side which is cut first.
    """

    tokens: NDArray[np.int64]
    first: NDArray[np.int64] | None = None
    end: NDArray[np.int64] | None = None

    @classmethod
    def of(cls, examples: pl.DataFrame, *, exact: bool) -> TokenLengths:
        """Return the lengths of the rows of a run; ``exact`` for those that the model's tokenizer counted."""
        if not exact:
            return cls(numbers(examples, "tokens"))
        return cls(*(numbers(examples, name) for name in ("longest", "loss_first", "loss_end")))

    def effect(self, length: int) -> LengthEffect:
        """Return what a maximum length does."""
        total = int(self.tokens.sum())
        left = int(np.minimum(self.tokens, length).sum()) / total if total else 1.0
        prompt, response, _ = self._cut(length)
        return LengthEffect(length, int((self.tokens <= length).sum()), round(left, 4), prompt, response)

    def truncation(self, length: int, rows: int) -> Truncation:
        """Return what a maximum length does with all ``rows``, counted with a model."""
        whole = int((self.tokens <= length).sum())
        prompt, response, end = self._cut(length)
        return Truncation(length, whole, prompt or 0, response or 0, end or 0, rows - len(self.tokens))

    def _cut(self, length: int) -> tuple[int | None, int | None, int | None]:
        """Return how many rows lose all that is learned, some of it, and only what comes after it."""
        if self.first is None or self.end is None:
            return None, None, None
        long = self.tokens > length
        prompt = long & (self.first >= length)
        response = long & ~prompt & (self.end > length)
        return int(prompt.sum()), int(response.sum()), int((long & ~prompt & ~response).sum())

    def needed(self, share: float) -> int:
        """Return the least maximum length at which ``share`` of the rows fit; 0 for no rows."""
        if not len(self.tokens):
            return 0
        return int(np.sort(self.tokens)[int(np.ceil(share * len(self.tokens))) - 1])


def numbers(examples: pl.DataFrame, name: str) -> NDArray[np.int64]:
    """Return the values of a column that are not null."""
    import polars as pl

    return examples[name].drop_nulls().cast(pl.Int64).to_numpy()


def logarithmic_histogram(values: NDArray[np.int64]) -> Histogram:
    """Return the counts of positive values in bins that are even on a logarithmic scale."""
    there = values[values > 0]
    if not len(there):
        return Histogram((), ())
    edges = edges_between(int(there.min()), int(there.max()), _PER_DECADE)
    return Histogram(tuple(edges), tuple(counts_between(edges, there)))

"""Common shingles: text that most rows share, such as a preamble, which does not make rows near-duplicates."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from datalint.neardup.text.hashing import Mask, Rows, Words, distinct
from datalint.neardup.text.shingles import Shingling, shingle_hashes
from datalint.support.duplicates import first_alike

#: Rows that are read to find common shingles, and the minimum number of rows for a meaningful result.
_SAMPLE: Final = 256
_LEAST: Final = 20
#: The share of these rows that must contain a common shingle.
_SHARE: Final = 0.5


class CommonShingles:
    """The shingles that more than half of the rows contain in a part, computed on first use.

    Only the first part of a row counts: the prompt, or the response of a row without a prompt. At most 256 rows are
    read, evenly spaced among the rows with different texts, so the result depends only on the data.
    """

    def __init__(
        self,
        sizes: npt.NDArray[np.uint32],
        fetch: Callable[[Rows], list[pl.Series]],
        shingling: Shingling,
        identical: npt.NDArray[np.uint64],
    ) -> None:
        """Prepare the search.

        Args:
            sizes: (n, parts), number of shingles of each part of a row.
            fetch: reads the normalised parts of rows.
            shingling: how texts are split into shingles.
            identical: (n,) keys; rows with equal keys have the same texts.
        """
        self._sizes = sizes
        self._fetch = fetch
        self._identical = identical
        self.shingling = shingling

    def __getstate__(self) -> dict[str, object]:
        """Pickle what was found, as the texts of rows stay in the process that read them."""
        return {"_by_part": self._by_part, "shingling": self.shingling}

    def of(self, part: int) -> Words:
        """Return the common shingles of a part, sorted."""
        return self._by_part.get(part, np.empty(0, np.uint64))

    @cached_property
    def _by_part(self) -> dict[int, Words]:
        filled = np.flatnonzero(self._sizes.any(axis=1))
        rows = filled[first_alike(self._identical[filled]) == np.arange(len(filled))]
        if len(rows) < _LEAST:
            return {}
        rows = rows[np.linspace(0, len(rows) - 1, min(len(rows), _SAMPLE)).astype(np.int64)]
        texts = self._fetch(rows)
        first = np.argmax(self._sizes[rows] > 0, axis=1)
        found = {}
        for part, column in enumerate(texts):
            mine = column.gather(np.flatnonzero(first == part))
            if len(mine) >= _LEAST and len(common := self._common(mine)):
                found[part] = common
        return found

    def _common(self, texts: pl.Series) -> Words:
        hashes, counts = shingle_hashes(texts.to_list(), self.shingling)
        ordered = np.sort(hashes)
        heads = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1]))
        often: Words = ordered[heads][np.diff(heads, append=len(ordered)) > _SHARE * len(texts)]
        if not len(often):
            return often
        # Those that occur so often count once for each text.
        where = np.flatnonzero(~without(hashes, often))
        owners = np.repeat(np.arange(len(texts)), counts)[where]
        pairs = distinct(np.searchsorted(often, hashes[where]) * len(texts) + owners)
        common: Words = often[np.bincount(pairs // len(texts), minlength=len(often)) > _SHARE * len(texts)]
        return common


def without(hashes: Words, common: Words) -> Mask:
    """Return a mask of the hashes that are not in ``common``, which is sorted."""
    where = np.minimum(np.searchsorted(common, hashes), len(common) - 1)
    mask: Mask = common[where] != hashes
    return mask

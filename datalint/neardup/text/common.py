"""Common text: what most rows share, such as a preamble, which does not make rows near-duplicates."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from datalint.neardup.text.hashing import Mask, Rows, Words
from datalint.neardup.text.shingles import Shingling, shingle_hashes
from datalint.support.classes import frozen
from datalint.support.distinct import evenly_spaced
from datalint.support.duplicates import first_alike
from datalint.support.preamble import preamble_of
from datalint.support.sorting import sorted_numbers

#: Rows that are read to find common shingles, and the minimum number of rows for a meaningful result.
_SAMPLE: Final = 256
_LEAST: Final = 20
#: The share of these rows that must contain a common shingle.
_SHARE: Final = 0.5
#: Common shingles of all texts, per shingle that these have, above which those that occur are numbered first.
_SPARSE: Final = 4
#: The share of texts of median length that a preamble must make up to be removed, as it then decides which are similar.
_PREAMBLE: Final = 0.25


@frozen
class Common:
    """The common shingles of a part, sorted, and how often more than half of the rows contain each of them."""

    hashes: Words
    times: Rows

    def beyond(self, hashes: Words, counts: Rows) -> Mask:
        """Return a mask of the shingles of texts that are not common, or that a text has more often than most rows.

        Under a long preamble, most shingles of any question are common. The text of the question is what a row has
        of them besides the preamble.

        Args:
            hashes: the shingles of all texts, with repeats.
            counts: how many of them each text has.
        """
        where = np.minimum(np.searchsorted(self.hashes, hashes), len(self.hashes) - 1)
        mask: Mask = self.hashes[where] != hashes
        known = np.flatnonzero(~mask)
        cells = np.repeat(np.arange(0, len(counts) * len(self.hashes), len(self.hashes)), counts)[known]
        cells += where[known]
        if len(counts) * len(self.hashes) > _SPARSE * len(hashes):
            _, cells = np.unique(cells, return_inverse=True)
        mask[known] = np.bincount(cells)[cells] > self.times[where[known]]
        return mask


class CommonShingles:
    """The preamble of a part, and the shingles that more than half of the rows contain in the rest.

    Both are computed on first use.

    Only the first part of a row counts: the prompt, or the response of a row without a prompt. At most 256 rows are
    read, evenly spaced among the rows with different texts, so the result depends only on the data.
    """

    def __init__(
        self,
        sizes: npt.NDArray[np.uint32],
        fetch: Callable[[Rows], list[pl.Series]],
        shingling: Shingling,
        identical: npt.NDArray[np.uint64],
        *,
        preambles: bool = False,
    ) -> None:
        """Prepare the search.

        Args:
            sizes: (n, parts), number of shingles of each part of a row.
            fetch: reads the normalised parts of rows.
            shingling: how texts are split into shingles.
            identical: (n,) keys; rows with equal keys have the same texts.
            preambles: whether rows are compared without their preambles; see
                :func:`~datalint.neardup.search.own_texts.own_texts`.
        """
        self._sizes = sizes
        self._fetch = fetch
        self._identical = identical
        self._with_preambles = preambles
        self.shingling = shingling

    def __getstate__(self) -> dict[str, object]:
        """Pickle what was found, as the texts of rows stay in the process that read them."""
        return {"_by_part": self._by_part, "preambles": self.preambles, "shingling": self.shingling}

    def of(self, part: int) -> Common | None:
        """Return the common shingles of a part, if there are any."""
        return self._by_part.get(part)

    @cached_property
    def preambles(self) -> dict[int, str]:
        """The preambles by part."""
        found = {part: _preamble(texts) for part, texts in self._sample.items()} if self._with_preambles else {}
        return {part: preamble for part, preamble in found.items() if preamble}

    @cached_property
    def _by_part(self) -> dict[int, Common]:
        texts = self._sample | {part: self._sample[part].str.slice(len(text)) for part, text in self.preambles.items()}
        found = {part: self._common(some) for part, some in texts.items()}
        return {part: common for part, common in found.items() if common is not None}

    @cached_property
    def _sample(self) -> dict[int, pl.Series]:
        """Texts of rows of which a part is the first one, by part."""
        filled = np.flatnonzero(self._sizes.any(axis=1))
        rows = filled[first_alike(self._identical[filled]) == np.arange(len(filled))]
        if len(rows) < _LEAST:
            return {}
        rows = rows[evenly_spaced(len(rows), _SAMPLE)]
        texts = self._fetch(rows)
        first = np.argmax(self._sizes[rows] > 0, axis=1)
        own = {part: column[np.flatnonzero(first == part)] for part, column in enumerate(texts)}
        return {part: some for part, some in own.items() if len(some) >= _LEAST}

    def _common(self, texts: pl.Series) -> Common | None:
        hashes, counts = shingle_hashes(texts.to_list(), self.shingling)
        ordered = sorted_numbers(hashes)
        heads = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1]))
        often: Words = ordered[heads][np.diff(heads, append=len(ordered)) > _SHARE * len(texts)]
        if not len(often):
            return None
        # Those that occur so often are counted in each text.
        where = np.minimum(np.searchsorted(often, hashes), len(often) - 1)
        known = np.flatnonzero(often[where] == hashes)
        owners = np.repeat(np.arange(len(texts)), counts)[known]
        pairs, times = np.unique(where[known] * len(texts) + owners, return_counts=True)
        ranked = np.lexsort((-times, shingles := pairs // len(texts)))
        most = int(_SHARE * len(texts))
        is_common = (texts_with := np.bincount(shingles, minlength=len(often))) > _SHARE * len(texts)
        if not is_common.any():
            return None
        starts = np.cumsum(texts_with) - texts_with
        return Common(often[is_common], times[ranked][starts[is_common] + most])


def _preamble(texts: pl.Series) -> str:
    """Return what all texts begin with, if it is a good part of them."""
    shown = texts.to_list()
    sizes = [len(text) for text in shown]
    preamble = preamble_of(shown, min(sizes))
    return preamble if len(preamble) >= _PREAMBLE * np.median(sizes) else ""

"""Sketches of rows: 256 bytes per row that show which rows may be near-duplicates."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import polars as pl

from datalint.neardup.sketch.one_permutation import BINS, EMPTY, MULTIPLIERS, Bins
from datalint.neardup.text.buffers import utf8
from datalint.neardup.text.hashing import Rows, portions
from datalint.neardup.text.shingles import Shingling, count_shingles, products, shingle_halves, short_hashes
from datalint.support.classes import frozen

if TYPE_CHECKING:
    from datalint.neardup.compiled.written import Kernels

# Characters that are hashed at a time, so that temporaries stay in the CPU cache.
_BLOCK = 1 << 17
# Rows that are moved at a time.
_MOVED = 1 << 14


@frozen
class Sketches:
    """The sketches of rows, from which candidates are found.

    Attributes:
        signatures: (n, 128) uint16, the low bits of each bin's minimum.
        sizes: (n, parts) uint32, number of shingles of each part, counting repeats; 0 for an empty part.
    """

    signatures: npt.NDArray[np.uint16]
    sizes: npt.NDArray[np.uint32]

    def __len__(self) -> int:
        return len(self.signatures)

    @property
    def has_texts(self) -> bool:
        """Whether the texts of the rows are in memory; never true for sketches."""
        return False

    @property
    def sketches(self) -> Sketches:
        """The sketches themselves, as for :class:`~datalint.neardup.search.texts_at_hand.Parts`."""
        return self

    def reader(self, fetch: Callable[[Rows], list[pl.Series]]) -> Callable[[Rows], list[pl.Series]]:
        """Return the function that reads the normalised parts of rows: ``fetch``."""
        return fetch

    def take(self, rows: Rows) -> Sketches:
        """Return the sketches of ``rows``, in the order asked for."""
        return Sketches(self.signatures[rows], self.sizes[rows])

    def reduced(self, rows: Rows) -> Sketches:
        """Return the sketches of ``rows``, which are in order, in the arrays of these, whose values are lost."""
        for start in range(0, len(rows), _MOVED):
            block = rows[start : start + _MOVED]
            for array in (self.signatures, self.sizes):
                array[start : start + len(block)] = array[block]
        return Sketches(self.signatures[: len(rows)], self.sizes[: len(rows)])

    @classmethod
    def concat(cls, sketches: Sequence[Sketches]) -> Sketches:
        """Concatenate the sketches of chunks, in order; raises ValueError without chunks."""
        return cls(
            np.concatenate([sketch.signatures for sketch in sketches]),
            np.concatenate([sketch.sizes for sketch in sketches]),
        )


def sketch_texts(parts: Sequence[pl.Series], shingling: Shingling, compiled: Kernels | None = None) -> Sketches:
    """Return the sketches of rows whose parts are normalised texts (series of one length, without nulls).

    One signature represents the disjoint union of the parts' shingle sets. It finds all rows that are similar in every
    part: with intersections ``i_p`` and unions ``u_p``, the Jaccard similarity of the unions is the mediant
    ``Σ i_p / Σ u_p`` of the parts' similarities, and so at least the smallest of them.

    The signature is that of fast similarity sketching (Dahlgaard, Knudsen, Thorup 2017): each shingle is thrown into
    one of 128 bins, which keeps the minimum; while bins are empty, all shingles are thrown again; after 24 throws, each
    empty bin takes the minimum of its own hash function. The share of equal bins is an unbiased estimate of the
    similarity which, unlike with values copied from other bins, is as precise for short texts.
    A row's signature depends only on its own shingles, not on other rows or chunks, nor on whether ``compiled`` code
    computes it.
    """
    if compiled is not None and shingling.is_summed:
        return _sketch_bytes(parts, shingling, compiled)
    minima = np.full((len(parts[0]), BINS), EMPTY, np.uint32)
    sizes = np.zeros((len(parts[0]), len(parts)), np.uint32)
    texts = [part.to_list() for part in parts]
    bins = Bins(minima)
    for some in _blocks(parts):
        hashed = [shingle_halves(text[some], shingling, part) for part, text in enumerate(texts)]
        halves = np.concatenate([hashes for hashes, _ in hashed])
        lengths = np.stack([units for _, units in hashed])
        starts = (np.cumsum(lengths) - lengths.reshape(-1)).reshape(lengths.shape)
        counts = count_shingles(lengths, shingling)
        sizes[some] = counts.T
        if compiled is None:
            bins.throw(some, halves, starts, lengths)
        else:
            compiled.fill_hashes(halves, starts, counts, MULTIPLIERS, minima[some])
    bins.finish()
    return Sketches(minima.astype(np.uint16), sizes)


def _sketch_bytes(parts: Sequence[pl.Series], shingling: Shingling, compiled: Kernels) -> Sketches:
    """Do the same as :func:`sketch_texts` with compiled code, which reads the UTF-8 of the texts directly."""
    texts = pl.concat([part.rename("text") for part in parts])
    lengths: Rows = texts.str.len_chars().to_numpy().astype(np.int64).reshape(len(parts), len(parts[0]))
    counts: npt.NDArray[np.uint32] = count_shingles(lengths, shingling).T.astype(np.uint32)
    signatures = np.full((len(counts), BINS), EMPTY & 0xFFFF, np.uint16)
    if not counts.any():
        return Sketches(signatures, counts)
    low, high = (np.stack(each) for each in zip(*(products(shingling.size, p) for p in range(len(parts))), strict=True))
    short = np.zeros(lengths.shape, np.uint32)
    for part, (text, length, hashes) in enumerate(zip(parts, lengths, short, strict=True)):
        which = np.flatnonzero((length > 0) & (length < shingling.size))
        if len(which):
            hashes[which] = short_hashes(text.gather(which).str.join("")[0], length[which], part)
    compiled.fill_texts(*utf8(texts), lengths, low, high, short, MULTIPLIERS, signatures)
    return Sketches(signatures, counts)


def _blocks(parts: Sequence[pl.Series]) -> Iterator[slice]:
    # A row counts as at least its 128 bins, so that a block of tiny texts stays in the CPU cache too.
    weights = np.full(len(parts[0]), BINS, np.int64)
    for part in parts:
        weights += part.str.len_chars().to_numpy().astype(np.int64)
    return portions(weights, _BLOCK)

"""Rows of small datasets, kept as texts: the exact search uses the texts, and sketches are computed only if needed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import field
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import polars as pl

from datalint.neardup.sketch.chosen import ChosenSketches
from datalint.neardup.sketch.sketch import Sketches, sketch_texts
from datalint.neardup.text.hashing import Rows
from datalint.neardup.text.shingles import Shingling, count_shingles
from datalint.neardup.text.words import count_words
from datalint.support.classes import mutable


@mutable
class Parts:
    """The normalised parts of rows (series of one length, without nulls); can be used in place of sketches.

    It is pickled as sketches, so texts stay in the process that read them.
    """

    texts: list[pl.Series]
    shingling: Shingling
    _sizes: npt.NDArray[np.uint32] | None = field(default=None, repr=False)
    _sketches: Sketches | None = field(default=None, repr=False)

    def __len__(self) -> int:
        return len(self.texts[0])

    def __reduce__(self) -> tuple[type[Sketches], tuple[npt.NDArray[np.uint16], npt.NDArray[np.uint32]]]:
        return Sketches, (self.signatures, self.sizes)

    @property
    def has_texts(self) -> bool:
        """Whether the texts of the rows are in memory; always true."""
        return True

    @property
    def signatures(self) -> npt.NDArray[np.uint16]:
        """The signatures of the sketches, computed on first access."""
        return self.sketches.signatures

    @property
    def sizes(self) -> npt.NDArray[np.uint32]:
        """The sizes of the sketches, without computing sketches."""
        if self._sizes is None:
            columns = [_sizes(text, self.shingling) for text in self.texts]
            self._sizes = np.stack(columns, axis=1).astype(np.uint32)
        return self._sizes

    @property
    def sketches(self) -> Sketches:
        """The sketches of the rows, computed on first access."""
        if self._sketches is None:
            self._sketches = sketch_texts(self.texts, self.shingling)
        return self._sketches

    def fetch(self, rows: Rows) -> list[pl.Series]:
        """Return the parts of ``rows``."""
        return [text[rows] for text in self.texts]

    def take(self, rows: Rows) -> Parts:
        """Return the texts of ``rows``, in the order asked for."""
        return Parts(self.fetch(rows), self.shingling)

    reduced = take

    def reader(self, fetch: Callable[[Rows], list[pl.Series]]) -> Callable[[Rows], list[pl.Series]]:
        """Return the function that reads the normalised parts of rows: :meth:`fetch`, which needs no file."""
        return self.fetch


#: The rows of a search: sketches, or the texts of a small dataset. All have the same properties and ``reader``.
NearRows: TypeAlias = Sketches | ChosenSketches | Parts


def join(chunks: Sequence[NearRows]) -> NearRows:
    """Concatenate chunks in order, as texts if all of them are texts; raises ValueError without chunks."""
    texts = [chunk for chunk in chunks if isinstance(chunk, Parts)]
    if not texts or len(texts) < len(chunks):
        return Sketches.concat([chunk.sketches for chunk in chunks])
    columns = zip(*(chunk.texts for chunk in texts), strict=True)
    return texts[0] if len(texts) == 1 else Parts([pl.concat(column) for column in columns], texts[0].shingling)


def _sizes(texts: pl.Series, shingling: Shingling) -> Rows:
    units = texts.str.len_chars().to_numpy().astype(np.int64)
    if shingling.unit == "word":
        codes = np.frombuffer("".join(texts).encode("utf-32-le"), "<u4")
        units = count_words(codes.astype(np.uint32, copy=False), units)
    return count_shingles(units, shingling)

"""Compiled kernels for texts, sketches and candidates: the same results as numpy and Polars, several times faster.

If numba is installed (the extra ``fast``), it compiles the modules ``*_kernels`` of this package and caches the
machine code next to those files or in the user's cache folder. Small inputs don't use it, as loading takes longer.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from importlib.util import find_spec

import polars as pl

from datalint.neardup.compiled import pair_kernels
from datalint.neardup.compiled import sketch_kernels as kernels
from datalint.neardup.compiled import text_kernels as rewriting
from datalint.neardup.compiled.pair_kernels import PairKernels
from datalint.neardup.sketch.sketch import Sketches, sketch_texts
from datalint.neardup.text.normalize import normalize
from datalint.neardup.text.shingles import Shingling
from datalint.support import compiler
from datalint.support.named_tuple import NamedTuple

#: Bytes of memory that the compiler, pyarrow, the machine code and its arrays take.
FOOTPRINT = 225 << 20

_SAMPLE = (
    "  Every text\tin lower case,\x1d\x1d and every space one.\r\n",
    "jeder text ist klein — 全部小文字で。 ünd 🙂",
    "short",
    "",
)


class Kernels(NamedTuple):
    """The kernels that replace numpy and Polars code, under the same names."""

    add_weights: Callable[..., None]
    fold_texts: Callable[..., None]
    mask_texts: Callable[..., None]
    fill_texts: Callable[..., None]
    fill_hashes: Callable[..., None]
    pairs: PairKernels


#: The kernels as plain Python, before they are compiled, and the functions that they call.
WRITTEN = Kernels(
    *(rewriting.add_weights, rewriting.fold_texts, rewriting.mask_texts),
    *(kernels.fill_texts, kernels.fill_hashes, pair_kernels.WRITTEN),
)
_CALLED = (
    *(rewriting.fold, rewriting.shift, rewriting.has_gaps, rewriting.squeeze),
    *(rewriting.is_wide, rewriting.mask, rewriting.number_end, rewriting.name_end, rewriting.quote_end),
    *(rewriting.is_digit, rewriting.is_upper, rewriting.is_letter, rewriting.is_word),
    *(kernels.add_bytes, kernels.add_windows, kernels.decode, kernels.fill_bins),
    *(kernels.longest, kernels.distinct, kernels.least_in),
    *pair_kernels.CALLED,
)


class Sketcher:
    """Sketches chunks one after another, with compiled code if it is available and the text is long enough.

    ``expected`` is the number of bytes of text to come. If it is unknown (None), compiled code is loaded once
    :data:`~datalint.support.compiler.WORTH` bytes have been seen. ``kernels`` is the compiled code, once it is loaded.
    """

    def __init__(self, expected: int | None = None) -> None:
        self._wait = compiler.WORTH if expected is None else 0 if expected >= compiler.WORTH else math.inf
        self.kernels: Kernels | None = None

    def __call__(self, parts: Sequence[pl.Series], shingling: Shingling) -> Sketches:
        """Return the sketches of rows; see :func:`~datalint.neardup.sketch.sketch.sketch_texts`."""
        if self._wait <= 0:
            self._wait, self.kernels = math.inf, load()
        sketches = sketch_texts(parts, shingling, self.kernels)
        self._wait -= sum(int(part.str.len_bytes().sum()) for part in parts)
        return sketches


def footprint(expected: int) -> int:
    """Return the bytes of memory that compiled code takes in a process that expects this many bytes of text."""
    return FOOTPRINT if expected >= compiler.WORTH and find_spec("numba") is not None else 0


def load() -> Kernels | None:
    """Load the compiled kernels; None if numba is missing, or if its sketches differ from numpy's on a sample."""
    pairs = WRITTEN.pairs
    made = compiler.compiled([*WRITTEN[:-1], *pairs], _CALLED)
    if made is None:
        return None
    code = Kernels._make([*made[: -len(pairs)], PairKernels._make(made[-len(pairs) :])])
    try:
        return code if _agree(code) else None
    # The kernels read texts through pyarrow.
    except ImportError:
        return None


def _agree(code: Kernels) -> bool:
    texts = pl.Series(_SAMPLE)
    made, wanted = (sketch_texts([texts], Shingling(), each) for each in (code, None))
    return bool((made.signatures == wanted.signatures).all() and (normalize(texts, code) == normalize(texts)).all())

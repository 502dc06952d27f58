"""Compiled code: the same texts, signatures and candidates in a fraction of the time, where data pays for a compiler.

Where numba is installed (the extra ``fast``) it compiles the modules ``*_kernels`` of this package, and keeps
the machine code next to those files or in the user's cache.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from typing import NamedTuple

import polars as pl

from datalint.neardup.compiled import pair_kernels
from datalint.neardup.compiled import sketch_kernels as kernels
from datalint.neardup.compiled import text_kernels as rewriting
from datalint.neardup.compiled.pair_kernels import PairKernels
from datalint.neardup.sketch.sketch import Sketches, sketch_texts
from datalint.neardup.text.normalize import normalize
from datalint.neardup.text.shingles import Shingling
from datalint.support import compiler

#: Bytes of memory that the compiler, pyarrow, the code and its arrays take.
FOOTPRINT = 225 << 20

_SAMPLE = (
    "  Every text\tin lower case,\x1d\x1d and every space one.\r\n",
    "jeder text ist klein — 全部小文字で。 ünd 🙂",
    "short",
    "",
)


class Kernels(NamedTuple):
    """The kernels that are called in the place of numpy and Polars, by the same names."""

    fold_texts: Callable[..., None]
    mask_texts: Callable[..., None]
    fill_texts: Callable[..., None]
    fill_hashes: Callable[..., None]
    pairs: PairKernels


#: What is compiled, as it is written, and the functions that it calls.
WRITTEN = Kernels(
    rewriting.fold_texts, rewriting.mask_texts, kernels.fill_texts, kernels.fill_hashes, pair_kernels.WRITTEN
)
_CALLED = (
    *(rewriting.fold, rewriting.shift, rewriting.has_gaps, rewriting.squeeze),
    *(rewriting.is_wide, rewriting.mask, rewriting.number_end, rewriting.name_end),
    *(rewriting.is_digit, rewriting.is_upper, rewriting.is_letter, rewriting.is_word),
    *(kernels.add_bytes, kernels.add_windows, kernels.decode, kernels.fill_bins),
    *(kernels.longest, kernels.distinct, kernels.least_in),
    *pair_kernels.CALLED,
)


class Sketcher:
    """Sketches chunk after chunk, by compiled code where there is any and enough text to be worth it.

    ``expected`` are the bytes of text to come. Where nobody knows (None), the first bytes tell, as many as
    :data:`~datalint.support.compiler.WORTH` says. ``kernels`` is the code, once it is loaded.
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
    """Return the bytes of memory that compiled code takes in a process which expects so many bytes of text."""
    return FOOTPRINT if expected >= compiler.WORTH and find_spec("numba") is not None else 0


def load() -> Kernels | None:
    """Compile the functions, or load what was compiled; None where that can't be done, or makes other sketches."""
    pairs = WRITTEN.pairs
    made = compiler.compiled([*WRITTEN[:-1], *pairs], _CALLED)
    if made is None:
        return None
    code = Kernels._make([*made[: -len(pairs)], PairKernels._make(made[-len(pairs) :])])
    try:
        return code if _agree(code) else None
    # Texts come by way of pyarrow.
    except ImportError:
        return None


def _agree(code: Kernels) -> bool:
    texts = pl.Series(_SAMPLE)
    made, wanted = (sketch_texts([texts], Shingling(), each) for each in (code, None))
    return bool((made.signatures == wanted.signatures).all() and (normalize(texts, code) == normalize(texts)).all())

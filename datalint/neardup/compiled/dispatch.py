"""Compiled kernels for texts, sketches and candidates: the same results as numpy and Polars, several times faster.

If numba is installed (the extra ``fast``), it compiles the modules ``*_kernels`` of this package and caches the
machine code next to those files or in the user's cache folder. Small inputs don't use it, as loading takes longer.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING

import polars as pl

from datalint.neardup.sketch.sketch import Sketches, sketch_texts
from datalint.neardup.text.normalize import normalize
from datalint.neardup.text.shingles import Shingling
from datalint.support import compiler

if TYPE_CHECKING:
    from datalint.neardup.compiled.written import Kernels

#: Bytes of memory that the compiler, pyarrow, the machine code and its arrays take.
FOOTPRINT = 225 << 20

_SAMPLE = (
    "  Every text\tin lower case,\x1d\x1d and every space one.\r\n",
    "jeder text ist klein — 全部小文字で。 ünd 🙂",
    "short",
    "",
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
    from datalint.neardup.compiled.pair_kernels import PairKernels
    from datalint.neardup.compiled.written import CALLED, WRITTEN, Kernels

    pairs = WRITTEN.pairs
    made = compiler.compiled([*WRITTEN[:-1], *pairs], CALLED)
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

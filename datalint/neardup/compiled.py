"""Compiled code: the same signatures and candidates in a fraction of the time, for data that pays for a compiler.

Where numba is installed (the extra ``fast``) it compiles :mod:`datalint.neardup.kernels` and
:mod:`datalint.neardup.pair_kernels`, and keeps the machine code beside those files or in the user's cache.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import polars as pl

from datalint.neardup.kernels import (
    add_windows,
    decode,
    fill_bins,
    fill_hashes,
    fill_texts,
)
from datalint.neardup.pair_kernels import PairKernels
from datalint.neardup.shingles import Shingling
from datalint.neardup.sketch import Sketches, sketch_texts

#: Bytes of text from which compiled code pays: half as many save what it takes to load it (0.3 s, and once 4 s to
#: compile it).
WORTH = 1 << 26
#: Bytes of memory that the compiler and the code take.
FOOTPRINT = 120 << 20

_SETTINGS = ".numba_config.yaml"
_SAMPLE = (
    "every text is lower case, and every space is one.",
    "jeder text ist klein — 全部小文字で。 ünd 🙂",
    "short",
    "",
)


class Compiled(NamedTuple):
    """The kernels that are called in the place of numpy, by the same names."""

    fill_texts: Callable[..., None]
    fill_hashes: Callable[..., None]
    pairs: PairKernels


#: What this process has loaded: nothing, or one.
_loaded: list[Compiled] = []


def ready() -> Compiled | None:
    """Return compiled code if this process has loaded it already, as it has for the sketches of many rows."""
    return _loaded[0] if _loaded else None


class Sketcher:
    """Sketches chunk after chunk, by compiled code where there is any and enough text to be worth it.

    ``expected`` are the bytes of text to come. Where nobody knows (None), the first :data:`WORTH` bytes tell.
    """

    def __init__(self, expected: int | None = None) -> None:
        self._wait = WORTH if expected is None else 0 if expected >= WORTH else math.inf
        self._compiled: Compiled | None = None

    def __call__(self, parts: Sequence[pl.Series], shingling: Shingling) -> Sketches:
        """Return the sketches of rows; see :func:`~datalint.neardup.sketch.sketch_texts`."""
        if self._wait <= 0:
            self._wait, self._compiled = math.inf, ready() or load()
            if self._compiled is not None:
                _loaded[:] = [self._compiled]
        sketches = sketch_texts(parts, shingling, self._compiled)
        self._wait -= sum(int(part.str.len_bytes().sum()) for part in parts)
        return sketches


def footprint(expected: int) -> int:
    """Return the bytes of memory that compiled code takes in a process which expects so many bytes of text."""
    return FOOTPRINT if expected >= WORTH and find_spec("numba") is not None else 0


def load() -> Compiled | None:
    """Compile the functions, or load what was compiled; None where that can't be done, or makes other sketches.

    None as well where the working folder holds settings of numba's, which it would read: they may name a place to load
    code from, and the folder may be a checkout of somebody else's data.
    """
    if Path(_SETTINGS).exists():
        return None
    try:
        from numba import config, njit
        from numba.extending import register_jitable

        if config.DISABLE_JIT:  # type: ignore[attr-defined]
            return None
        compiler = njit(cache=True, nogil=True)
        for part in (add_windows, decode, fill_bins):
            register_jitable(part)
        compiled = Compiled(
            compiler(fill_texts), compiler(fill_hashes), PairKernels.compile(compiler, register_jitable)
        )
        return compiled if _agree(compiled) else None
    # RuntimeError: there is no place to keep machine code, and compiling in every process would cost what it saves.
    except (ImportError, RuntimeError, OSError):
        return None


def _agree(compiled: Compiled) -> bool:
    made, wanted = (sketch_texts([pl.Series(_SAMPLE)], Shingling(), each) for each in (compiled, None))
    return bool((made.signatures == wanted.signatures).all())

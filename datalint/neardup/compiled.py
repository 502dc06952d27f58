"""Sketching as compiled code: the same signatures in a third of the time, for data that pays for loading a compiler.

The two functions are plain Python over arrays. Where numba is installed (the extra ``fast``) it compiles them, and
keeps the machine code beside this file or in the user's cache.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from datalint.neardup.hashing import Halves, Rows
from datalint.neardup.shingles import AddWindows, Shingling
from datalint.neardup.sketch import Sketches, sketch_texts
from datalint.neardup.throwing import BIN_BITS, BINS, EMPTY, THROWS, VALUE, VALUE_BITS, VARIED

#: Bytes of text from which compiled code pays: half as many save what it takes to load it (0.25 s, and once 2 s to
#: compile it).
WORTH = 1 << 26
#: Bytes of memory that the compiler and the code take.
FOOTPRINT = 120 << 20

_SETTINGS = ".numba_config.yaml"
_SINGLY = np.uint32(THROWS << 25)
# Texts of one byte a character and of more, for which code is compiled apart.
_SAMPLES = (
    ("Every text is lower case, and every space is one.", "short"),
    ("Jeder Text ist klein — 全部小文字で。", ""),
)
_HALF = np.uint32(16)


class Compiled(NamedTuple):
    """What :func:`~datalint.neardup.sketch.sketch_texts` calls in the place of numpy; see the functions below."""

    add_windows: AddWindows
    fill: Callable[[Halves, Rows, Rows, Halves, npt.NDArray[np.uint32]], None]


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
            self._wait, self._compiled = math.inf, load()
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

        if config.DISABLE_JIT:  # type: ignore[attr-defined]
            return None
        compiler = njit(cache=True)
        compiled = Compiled(compiler(add_windows), compiler(fill))
        return compiled if all(_agree(compiled, *texts) for texts in _SAMPLES) else None
    # RuntimeError: there is no place to keep machine code, and compiling in every process would cost what it saves.
    except (ImportError, RuntimeError, OSError):
        return None


def _agree(compiled: Compiled, *texts: str) -> bool:
    made, wanted = (sketch_texts([pl.Series(texts)], Shingling(), each) for each in (compiled, None))
    return bool((made.signatures == wanted.signatures).all())


def add_windows(codes: Any, lengths: Rows, low: Halves, high: Halves, sums: Halves) -> None:
    """Add up each window of ``len(low)`` characters, where it begins, for texts one after another.

    A character's lowest byte counts ``low``, what is above it ``high`` times, by its place in the window. Nothing is
    added where a window would run past its text's end.
    """
    start = 0
    for length in lengths:
        windows = length - len(low) + 1
        if windows > 0:
            # Views and counts from zero, so that the compiler sees that no index is negative and uses vectors.
            mine = sums[start : start + windows]
            for place in range(len(low)):
                characters = codes[start + place : start + place + windows]
                for i in range(windows):
                    code = np.uint32(characters[i])
                    mine[i] += np.uint32(
                        np.uint32(code & np.uint32(255)) * low[place] + np.uint32(code >> np.uint32(8)) * high[place]
                    )
        start += length


def fill(halves: Halves, starts: Rows, counts: Rows, multipliers: Halves, minima: npt.NDArray[np.uint32]) -> None:
    """Fill the bins of each row: ``minima`` (rows, 128), empty before and for rows without shingles.

    ``halves[starts[p, r] : starts[p, r] + counts[p, r]]`` are the shingles of part p of row r; ``multipliers`` those
    of the throws, then of the bins.
    """
    gathered = np.empty(counts.sum(axis=0).max(), np.uint32)
    for row in range(len(minima)):
        size = 0
        for part in range(len(counts)):
            for half in halves[starts[part, row] : starts[part, row] + counts[part, row]]:
                gathered[size] = half ^ (half >> _HALF)
                size += 1
        mine, bins = gathered[:size], minima[row]
        empty = BINS if size else 0
        for throw in range(THROWS):
            if empty == 0:
                break
            if throw == 2 and size > VARIED:
                mine = np.unique(mine)
            late = np.uint32(throw << 25)
            for half in mine:
                value = np.uint32(half * multipliers[throw])
                chosen = value >> VALUE_BITS
                bins[chosen] = min(bins[chosen], np.uint32((value & VALUE) | late))
            empty = 0
            for place in range(BINS):
                empty += bins[place] == EMPTY
        if empty == 0:
            continue
        for place in range(BINS):
            if bins[place] == EMPTY:
                own, least = multipliers[THROWS + place], EMPTY
                for half in mine:
                    least = min(least, np.uint32(half * own) >> BIN_BITS)
                bins[place] = np.uint32(least | _SINGLY)

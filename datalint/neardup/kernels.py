"""What is worth compiling, as plain Python over arrays; called as it is, it does the same and takes very long."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from datalint.neardup.hashing import Halves, Rows
from datalint.neardup.throwing import BIN_BITS, BINS, EMPTY, THROWS, VALUE, VALUE_BITS, VARIED

_SINGLY = np.uint32(THROWS << 25)
_HALF = np.uint32(16)


def fill_texts(
    data: npt.NDArray[np.uint8],
    starts: Rows,
    sizes: Rows,
    lengths: Rows,
    low: Any,
    high: Any,
    short: Any,
    multipliers: Halves,
    minima: npt.NDArray[np.uint32],
) -> None:
    """Fill the bins of each row: ``minima`` (rows, 128), empty before and for rows without text.

    ``data[starts[p, r] : starts[p, r] + sizes[p, r]]`` is part p of row r in UTF-8, of ``lengths[p, r]`` characters. In
    each window of them a character's lowest byte counts ``low[p]``, what is above it ``high[p]`` times, by its place; a
    text without a whole window is one shingle, ``short[p, r]``. ``multipliers`` are those of the throws, then of the
    bins.
    """
    width = low.shape[1]
    gathered = np.empty(lengths.sum(axis=0).max(), np.uint32)
    decoded = np.empty(lengths.max(), np.uint32)
    for row in range(len(minima)):
        size = 0
        for part in range(len(lengths)):
            start, length = starts[part, row], lengths[part, row]
            windows = length - width + 1
            if windows > 0:
                sums = gathered[size : size + windows]
                sums[:] = 0
                if length == sizes[part, row]:
                    add_windows(data[start : start + length], low[part], high[part], sums)
                else:
                    decode(data[start : start + sizes[part, row]], decoded)
                    add_windows(decoded[:length], low[part], high[part], sums)
                size += windows
            elif length:
                gathered[size] = short[part, row]
                size += 1
        fill_bins(gathered[:size], multipliers, minima[row])


def add_windows(codes: Any, low: Halves, high: Halves, sums: Halves) -> None:
    """Add up the windows of one text, ``sums`` where each begins; see :func:`fill_texts`."""
    for place in range(len(low)):
        # Views and counts from zero, so that the compiler sees that no index is negative and uses vectors.
        characters = codes[place : place + len(sums)]
        for i in range(len(sums)):
            code = np.uint32(characters[i])
            sums[i] += np.uint32(
                np.uint32(code & np.uint32(255)) * low[place] + np.uint32(code >> np.uint32(8)) * high[place]
            )


def decode(data: npt.NDArray[np.uint8], codes: Halves) -> None:
    """Write the code points of UTF-8 to ``codes``."""
    place = -1
    for byte in data:
        code = np.uint32(byte)
        if code & np.uint32(0xC0) == np.uint32(0x80):
            codes[place] = codes[place] << np.uint32(6) | code & np.uint32(0x3F)
            continue
        place += 1
        if code < np.uint32(0x80):
            codes[place] = code
        elif code < np.uint32(0xE0):
            codes[place] = code & np.uint32(0x1F)
        else:
            codes[place] = code & np.uint32(0x0F if code < np.uint32(0xF0) else 0x07)


def fill_hashes(
    halves: Halves, starts: Rows, counts: Rows, multipliers: Halves, minima: npt.NDArray[np.uint32]
) -> None:
    """Do what :func:`fill_texts` does with the hashes of shingles.

    ``halves[starts[p, r] : starts[p, r] + counts[p, r]]`` are those of part p of row r.
    """
    gathered = np.empty(counts.sum(axis=0).max(), np.uint32)
    for row in range(len(minima)):
        size = 0
        for part in range(len(counts)):
            for half in halves[starts[part, row] : starts[part, row] + counts[part, row]]:
                gathered[size] = half
                size += 1
        fill_bins(gathered[:size], multipliers, minima[row])


def fill_bins(halves: Halves, multipliers: Halves, bins: Halves) -> None:
    """Fill the bins of one row, ``halves`` its shingles, which are overwritten."""
    for i in range(len(halves)):
        halves[i] ^= halves[i] >> _HALF
    empty = BINS if len(halves) else 0
    for throw in range(THROWS):
        if empty == 0:
            return
        if throw == 2 and len(halves) > VARIED:
            halves = np.unique(halves)
        late = np.uint32(throw << 25)
        for half in halves:
            value = np.uint32(half * multipliers[throw])
            chosen = value >> VALUE_BITS
            bins[chosen] = min(bins[chosen], np.uint32((value & VALUE) | late))
        empty = 0
        for place in range(BINS):
            empty += bins[place] == EMPTY
    if empty == 0:
        return
    for place in range(BINS):
        if bins[place] == EMPTY:
            own, least = multipliers[THROWS + place], EMPTY
            for half in halves:
                least = min(least, np.uint32(half * own) >> BIN_BITS)
            bins[place] = np.uint32(least | _SINGLY)

"""Sketching kernels, which numba compiles. They also run as plain Python, slowly; the tests use that as reference."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from datalint.neardup.sketch.one_permutation import BIN_BITS, BINS, EMPTY, THROWS, VALUE, VALUE_BITS, VARIED
from datalint.neardup.text.hashing import Bytes, Halves, Rows

_SINGLY = np.uint32(THROWS << 25)
_HALF = np.uint32(16)
# Up to this many empty bins are filled one by one, which takes less time than another throw.
_FEW = 4
# The first characters of a window, which are read as one number.
_FIRST = 4
# The bytes of a number, the values of one, and the greatest of them.
_BYTES, _DIGITS, _DIGIT = 4, 256, np.uint32(255)


def fill_texts(
    data: Bytes,
    offsets: Rows,
    lengths: Rows,
    low: Any,
    high: Any,
    short: Any,
    multipliers: Halves,
    signatures: npt.NDArray[np.uint16],
) -> None:
    """Write the low bits of each row's bins to ``signatures`` (rows, 128).

    ``data[offsets[i] : offsets[i + 1]]`` with i = p · rows + r is part p of row r in UTF-8, of ``lengths[p, r]``
    characters. The hash of a window sums, for each position, the lowest byte of the character times ``low[p]`` and its
    higher bits times ``high[p]``. A text shorter than a window is one shingle, ``short[p, r]``. ``multipliers`` are
    those of the throws, followed by those of the bins.
    """
    width = low.shape[1]
    gathered = np.empty(longest(lengths), np.uint32)
    decoded = np.empty(len(gathered), np.uint32)
    bins = np.empty(BINS, np.uint32)
    for row in range(len(signatures)):
        size = 0
        for part in range(len(lengths)):
            text = part * len(signatures) + row
            codes, length = data[offsets[text] : offsets[text + 1]], lengths[part, row]
            windows = length - width + 1
            if windows > 0:
                sums = gathered[size : size + windows]
                if length == len(codes) and width >= _FIRST:
                    add_bytes(codes, low[part], sums)
                else:
                    decode(codes, decoded)
                    add_windows(decoded[:length], low[part], high[part], sums)
                size += windows
            elif length:
                gathered[size] = short[part, row]
                size += 1
        fill_bins(gathered[:size], multipliers, bins)
        # Not as one assignment: the compiler would take two seconds for the words of an error about its shape.
        for place in range(BINS):
            signatures[row, place] = np.uint16(bins[place] & np.uint32(0xFFFF))


def longest(lengths: Rows) -> int:
    """Return the largest column sum of ``lengths``; the numpy function takes seconds to compile."""
    most = 0
    for row in range(lengths.shape[1]):
        size = 0
        for part in range(len(lengths)):
            size += lengths[part, row]
        most = max(most, size)
    return most


def add_bytes(codes: Bytes, low: Halves, sums: Halves) -> None:
    """Do the same as :func:`add_windows` for single-byte characters and windows of at least four of them."""
    size = len(sums)
    # Views and indices from zero, so that the compiler knows that no index is negative and vectorises the loops.
    first, second, third, fourth = codes[:size], codes[1 : size + 1], codes[2 : size + 2], codes[3 : size + 3]
    for i in range(size):
        number = np.uint32(first[i]) | (np.uint32(second[i]) << np.uint32(8))
        number |= (np.uint32(third[i]) << np.uint32(16)) | (np.uint32(fourth[i]) << np.uint32(24))
        sums[i] = np.uint32(number * low[0])
    for place in range(_FIRST, len(low)):
        characters = codes[place : place + size]
        for i in range(size):
            sums[i] += np.uint32(np.uint32(characters[i]) * low[place])


def add_windows(codes: Halves, low: Halves, high: Halves, sums: Halves) -> None:
    """Write the sum of each window of a text to ``sums``, at the window's first character; see :func:`fill_texts`."""
    sums[:] = 0
    for place in range(len(low)):
        characters = codes[place : place + len(sums)]
        for i in range(len(sums)):
            code = characters[i]
            sums[i] += np.uint32(
                np.uint32(code & np.uint32(255)) * low[place] + np.uint32(code >> np.uint32(8)) * high[place]
            )


def decode(data: npt.NDArray[np.uint8], codes: Halves) -> None:
    """Decode UTF-8 to code points in ``codes``."""
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
    """Fill the bins of each row, ``minima`` (rows, 128), from the hashes of its shingles.

    ``halves[starts[p, r] : starts[p, r] + counts[p, r]]`` belong to part p of row r; see :func:`fill_texts`.
    """
    gathered = np.empty(longest(counts), np.uint32)
    for row in range(len(minima)):
        size = 0
        for part in range(len(counts)):
            for half in halves[starts[part, row] : starts[part, row] + counts[part, row]]:
                gathered[size] = half
                size += 1
        fill_bins(gathered[:size], multipliers, minima[row])


def fill_bins(halves: Halves, multipliers: Halves, bins: Halves) -> None:
    """Fill the bins of one row from its shingles ``halves``, which are overwritten; without any, all bins are empty."""
    bins[:] = EMPTY
    if len(halves) == 0:
        return
    for i in range(len(halves)):
        halves[i] ^= halves[i] >> _HALF
    empty = BINS
    for throw in range(THROWS):
        if throw == 2 and len(halves) > VARIED:
            halves = distinct(halves)
        multiplier, late = multipliers[throw], np.uint32(throw << 25)
        if empty > _FEW:
            for half in halves:
                value = np.uint32(half * multiplier)
                chosen = value >> VALUE_BITS
                bins[chosen] = min(bins[chosen], np.uint32((value & VALUE) | late))
            empty = 0
            for place in range(BINS):
                empty += bins[place] == EMPTY
        else:
            for place in range(BINS):
                if bins[place] == EMPTY:
                    least = least_in(np.uint32(place), halves, multiplier)
                    if least != EMPTY:
                        bins[place] = np.uint32(least | late)
                        empty -= 1
        if empty == 0:
            return
    for place in range(BINS):
        if bins[place] == EMPTY:
            own, least = multipliers[THROWS + place], EMPTY
            for half in halves:
                least = min(least, np.uint32(half * own) >> BIN_BITS)
            bins[place] = np.uint32(least | _SINGLY)


def distinct(halves: Halves) -> Halves:
    """Return the distinct ``halves`` (at least one), sorted, in place; numpy's functions take seconds to compile."""
    source, target = halves, np.empty(len(halves), np.uint32)
    heads = np.empty(_DIGITS, np.int64)
    # A radix sort: by each byte in turn, from the lowest; after an even number of them, ``source`` is ``halves``.
    for place in range(_BYTES):
        shift = np.uint32(8 * place)
        for digit in range(_DIGITS):
            heads[digit] = 0
        for half in source:
            heads[(half >> shift) & _DIGIT] += 1
        start = 0
        for digit in range(_DIGITS):
            heads[digit], start = start, start + heads[digit]
        for half in source:
            digit = (half >> shift) & _DIGIT
            target[heads[digit]] = half
            heads[digit] += 1
        source, target = target, source
    size = 1
    for half in halves:
        if half != halves[size - 1]:
            halves[size] = half
            size += 1
    return halves[:size]


def least_in(place: np.uint32, halves: Halves, multiplier: np.uint32) -> np.uint32:
    """Return the lowest value that is thrown into the bin ``place``, or ``EMPTY``; one bin at a time, vectorised."""
    least = EMPTY
    for i in range(len(halves)):
        value = np.uint32(halves[i] * multiplier)
        least = min(least, np.uint32(value & VALUE) if value >> VALUE_BITS == place else EMPTY)
    return least

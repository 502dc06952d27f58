"""Kernels that write the lines which :mod:`datalint.sources.scanner.kernel` has read in canonical form."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from datalint.sources.scanner.kernel import BACK, COPY, EACH, FRACTION, STRING, Bytes, Flags, Numbers

#: The code of a hexadecimal digit above nine, minus its value.
_TEN: Final = 87

_TAB, _LINE, _RETURN, _SPACE, _BACK, _FEED = b"\t\n\r \b\f"
_QUOTE, _COMMA, _BACKSLASH, _ZERO = b'",\\0'
_B, _F, _N, _R, _T, _U = b"bfnrtu"


def write_lines(
    names: Bytes,
    steps: npt.NDArray[np.int64],
    texts: npt.NDArray[np.uint8],
    ends: npt.NDArray[np.int64],
    kinds: npt.NDArray[np.uint8],
    escaped: npt.NDArray[np.bool_],
    counts: npt.NDArray[np.int64],
    matched: Flags,
    written: Bytes,
    bounds: Numbers,
) -> None:
    """Write each line that ``matched`` by ``steps``, up to ``bounds[i + 1]``, from the result of :func:`read_lines`.

    Nothing is written for a line with a fraction, because its canonical digits depend on the general encoder.
    """
    filled = np.zeros(len(texts), np.int64)
    place = 0
    for i in range(len(matched)):
        start, step, item, whole = place, 0, 0, True
        while matched[i] and step < len(steps):
            kind, first, second = steps[step, 0], steps[step, 1], steps[step, 2]
            step += 1
            if kind == COPY:
                for k in range(second - first):
                    written[np.uint64(place + k)] = names[np.uint64(first + k)]
                place += second - first
            elif kind == EACH:
                if item == counts[second, i]:
                    step, item = first, 0
                elif item:
                    written[place] = _COMMA
                    place += 1
            elif kind == BACK:
                step = first
                item += 1
            else:
                cell = filled[first]
                filled[first] += 1
                begin, size = ends[first, cell], ends[first, cell + 1] - ends[first, cell]
                quoted = kinds[first, cell] == STRING
                whole &= kinds[first, cell] != FRACTION
                if quoted:
                    written[place] = _QUOTE
                    place += 1
                if quoted and escaped[first, cell]:
                    place = write_escapes(texts, first, begin, size, written, place)
                else:
                    for k in range(size):
                        written[np.uint64(place + k)] = texts[first, np.uint64(begin + k)]
                    place += size
                if quoted:
                    written[place] = _QUOTE
                    place += 1
        place = place if whole else start
        bounds[i + 1] = place


def write_escapes(texts: npt.NDArray[np.uint8], column: int, begin: int, size: int, written: Bytes, place: int) -> int:
    """Write the content of a string with the necessary escapes; return the position after it."""
    for k in range(size):
        byte = texts[column, begin + k]
        if byte >= _SPACE and byte != _QUOTE and byte != _BACKSLASH:
            written[place] = byte
            place += 1
            continue
        written[place] = _BACKSLASH
        if byte >= _SPACE:
            written[place + 1] = byte
        elif byte == _LINE:
            written[place + 1] = _N
        elif byte == _TAB:
            written[place + 1] = _T
        elif byte == _RETURN:
            written[place + 1] = _R
        elif byte == _BACK:
            written[place + 1] = _B
        elif byte == _FEED:
            written[place + 1] = _F
        else:
            written[place + 1] = _U
            written[place + 2] = written[place + 3] = _ZERO
            written[place + 4] = _ZERO + (byte >> 4)
            written[place + 5] = (byte & 15) + (_ZERO if byte & 15 < 10 else _TEN)
            place += 4
        place += 2
    return place


#: The functions that the kernels call.
WRITE_PARTS: Final = (write_escapes,)

"""Kernels that parse and write lines of one layout: plain Python over arrays, which numba compiles.

They also run uncompiled, slowly. Nothing is assumed about a line: every byte is compared with the layout or parsed by
the grammar of JSON, and a line that differs in any way is left to the general parser.

Each kernel is a single function that executes a list of steps, because numba counts references to arrays that are
passed to another function, which takes longer than parsing a value.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

Bytes = npt.NDArray[np.uint8]
Flags = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.int64]

#: Steps for reading a line, each a row of four numbers: the type of the step and its arguments. ``MARK`` byte: this
#: byte must follow. ``KEY`` begin, end: these bytes of the names, and a colon. ``TEXT`` column: a string. ``OTHER``
#: column: a number, true, false or null. ``LIST`` step: an opening bracket; continues at the step if the list is empty.
#: ``NEXT`` step, key: a comma, then continues at the step for the next object; or a closing bracket.
MARK, KEY, TEXT, OTHER, LIST, NEXT = range(6)
#: Steps for writing a line. ``COPY`` begin, end: these bytes of the names. ``CELL`` column, and whether it belongs to
#: an object in a list. ``EACH`` step, key: continues at the step when all objects are written. ``BACK`` step: continues
#: at the step.
COPY, CELL, EACH, BACK = range(4)
#: The types of a cell.
STRING, INTEGER, FRACTION, TRUE, FALSE, NULL = range(6)
#: The number of digits of an integer, and of digits after the point of a fraction, up to which all parsers agree.
_WHOLE: Final = 18
_BEHIND: Final = 40

_TAB, _LINE, _RETURN, _SPACE, _BACK, _FEED = b"\t\n\r \b\f"
_QUOTE, _COMMA, _MINUS, _POINT, _SLASH, _COLON = b'",-./:'
_OPEN, _BACKSLASH, _CLOSE = b"[\\]"
_ZERO, _NINE, _B, _F, _N, _R, _T, _U = b"09bfnrtu"
_TRUE: Final = np.frombuffer(b"true", np.uint8)
_FALSE: Final = np.frombuffer(b"false", np.uint8)
_NULL: Final = np.frombuffer(b"null", np.uint8)


def mark_ends(data: Bytes, marks: Bytes) -> None:
    """Set ``marks`` to 1 at bytes that end a run of plain characters in a string: quotes, escapes, controls."""
    for i in range(len(data)):
        byte = data[i]
        marks[i] = (byte == _QUOTE) | (byte == _BACKSLASH) | (byte < _SPACE)


def read_lines(
    data: Bytes,
    marks: Numbers,
    bounds: Numbers,
    names: Bytes,
    steps: npt.NDArray[np.int64],
    texts: npt.NDArray[np.uint8],
    ends: npt.NDArray[np.int64],
    kinds: npt.NDArray[np.uint8],
    escaped: npt.NDArray[np.bool_],
    counts: npt.NDArray[np.int64],
    matched: Flags,
) -> Numbers:
    """Parse each line ``data[bounds[i] : bounds[i + 1] - 1]``, which ends with a line feed; return cells per column.

    ``marks`` are the positions that :func:`mark_ends` marks; ``names`` are the keys as they are written, with quotes.
    Columns are filled line by line: cell k of column c is ``texts[c, ends[c, k] : ends[c, k + 1]]`` and has the type
    ``kinds[c, k]``. Strings are stored without escapes (``escaped`` is true if there were any), other cells as they are
    written. ``counts[t, i]`` is the number of objects in the t-th list of line i. Only lines that ``matched`` count.
    """
    filled, before = np.zeros(len(texts), np.int64), np.zeros(len(texts), np.int64)
    cursor = 0
    for i in range(len(bounds) - 1):
        for column in range(len(filled)):
            before[column] = filled[column]
        place, stop = bounds[i], bounds[i + 1] - 1
        while marks[cursor] < place:
            cursor += 1
        step, same = 0, True
        while same and step < len(steps):
            kind, first = steps[step, 0], steps[step, 1]
            while data[place] == _SPACE or data[place] == _TAB or data[place] == _RETURN:
                place += 1
            step += 1
            if kind == MARK:
                same = data[place] == first
                place += 1
            elif kind == KEY:
                for k in range(steps[step - 1, 2] - first):
                    if data[np.uint64(place + k)] != names[np.uint64(first + k)]:
                        same = False
                        break
                if same:
                    place += steps[step - 1, 2] - first
                    while data[place] == _SPACE or data[place] == _TAB or data[place] == _RETURN:
                        place += 1
                    same = data[place] == _COLON
                    place += 1
            elif kind == TEXT:
                cell = filled[first]
                end = ends[first, cell]
                kinds[first, cell], escaped[first, cell] = STRING, False
                same = data[place] == _QUOTE
                place += 1
                while same:
                    while marks[cursor] < place:
                        cursor += 1
                    size = marks[cursor] - place
                    for k in range(size):
                        texts[first, np.uint64(end + k)] = data[np.uint64(place + k)]
                    place, end = place + size + 1, end + size
                    if data[place - 1] == _QUOTE:
                        break
                    same = data[place - 1] == _BACKSLASH
                    if same:
                        escaped[first, cell] = True
                        place, end = read_escape(data, place, texts, first, end)
                        same = end >= 0
                ends[first, cell + 1], filled[first] = end, cell + 1
            elif kind == OTHER:
                cell = filled[first]
                end = ends[first, cell]
                size, kinds[first, cell] = find_other(data, place)
                for k in range(size):
                    texts[first, end + k] = data[place + k]
                same = size > 0
                place += size
                ends[first, cell + 1], filled[first] = end + size, cell + 1
            elif kind == LIST:
                same = data[place] == _OPEN
                place += 1
                while same and (data[place] == _SPACE or data[place] == _TAB or data[place] == _RETURN):
                    place += 1
                if same and data[place] == _CLOSE:
                    place += 1
                    step = first
            elif kind == NEXT:
                counts[steps[step - 1, 2], i] += 1
                if data[place] == _COMMA:
                    step = first
                else:
                    same = data[place] == _CLOSE
                place += 1
        while same and (data[place] == _SPACE or data[place] == _TAB or data[place] == _RETURN):
            place += 1
        if same and place == stop:
            matched[i] = True
        else:
            for column in range(len(filled)):
                filled[column] = before[column]
            counts[:, i] = 0
    return filled


def read_escape(data: Bytes, place: int, texts: npt.NDArray[np.uint8], column: int, end: int) -> tuple[int, int]:
    """Decode the escape after the backslash at ``place``; return the positions after both, -1 if it is invalid."""
    byte = data[place]
    place += 1
    if byte != _U:
        if byte == _N:
            byte = _LINE
        elif byte == _T:
            byte = _TAB
        elif byte == _R:
            byte = _RETURN
        elif byte == _B:
            byte = _BACK
        elif byte == _F:
            byte = _FEED
        elif byte != _QUOTE and byte != _BACKSLASH and byte != _SLASH:
            return place, -1
        texts[column, end] = byte
        return place, end + 1
    code = read_digits(data, place)
    place += 4
    if 0xD800 <= code < 0xDC00 and data[place] == _BACKSLASH and data[place + 1] == _U:
        low = read_digits(data, place + 2)
        place += 6
        code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00) if 0xDC00 <= low < 0xE000 else -1
    if code < 0 or 0xD800 <= code < 0xE000:
        return place, -1
    if code < 0x80:
        texts[column, end] = code
        return place, end + 1
    if code < 0x800:
        texts[column, end] = 0xC0 | code >> 6
    else:
        if code < 0x10000:
            texts[column, end] = 0xE0 | code >> 12
        else:
            texts[column, end] = 0xF0 | code >> 18
            end += 1
            texts[column, end] = 0x80 | code >> 12 & 0x3F
        end += 1
        texts[column, end] = 0x80 | code >> 6 & 0x3F
    texts[column, end + 1] = 0x80 | code & 0x3F
    return place, end + 2


def read_digits(data: Bytes, place: int) -> int:
    """Return the value of four hexadecimal digits, -1 if they are invalid."""
    code = 0
    for i in range(4):
        # Stops at a line feed, so it never reads past the data.
        byte: Any = np.int64(data[place + i])
        if 48 <= byte <= 57:
            code = code << 4 | byte - 48
        elif 65 <= byte <= 70 or 97 <= byte <= 102:
            code = code << 4 | (byte & 0x5F) - 55
        else:
            return -1
    return code


def find_other(data: Bytes, place: int) -> tuple[int, int]:
    """Return the length of the number or word at ``place`` (0 for anything else) and its type."""
    for word, kind in ((_TRUE, TRUE), (_FALSE, FALSE), (_NULL, NULL)):
        if data[place] == word[0]:
            for i in range(len(word)):
                if data[place + i] != word[i]:
                    return 0, kind
            return len(word), kind
    begin = place
    if data[place] == _MINUS:
        place += 1
    first = place
    while _ZERO <= data[place] <= _NINE:
        place += 1
    digits = place - first
    if digits == 0 or digits > _WHOLE or (data[first] == _ZERO and digits > 1):
        return 0, INTEGER
    if data[place] != _POINT:
        # Parsers disagree about -0.
        return (0 if first > begin and data[first] == _ZERO else place - begin), INTEGER
    point = place
    place += 1
    while _ZERO <= data[place] <= _NINE:
        place += 1
    # Numbers with an exponent are left to the general parser: no comma or bracket follows here.
    return (place - begin if 1 < place - point <= _BEHIND else 0), FRACTION


#: The functions that the kernels call; each comes before those that call it.
PARTS: Final = (read_digits, read_escape, find_other)

"""Locate the JSON structure of a text with numpy: brackets, elements, keys, long numbers.

Searching bytes is sufficient: quotes, backslashes and brackets are ASCII, and no byte of a multi-byte UTF-8 character
is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import numpy as np
import numpy.typing as npt

from datalint.support.classes import mutable
from datalint.support.named_tuple import NamedTuple

Positions = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]

_BLOCK: Final = 1 << 20  # stays in the CPU cache during all passes
_QUOTE, _BACKSLASH, _COLON, _ZERO = b'"\\:0'
#: White space between the values of JSON.
WHITE: Final = b" \t\r\n"
_STEPS: Final = 16

_STRUCTURAL: Final = np.zeros(256, bool)
_STRUCTURAL[list(b"[]{},")] = True
_DELTA: Final = np.zeros(256, np.int64)
_DELTA[list(b"[{")] = 1
_DELTA[list(b"]}")] = -1
_IS_SPACE: Final = np.zeros(256, bool)
_IS_SPACE[list(WHITE)] = True


def _blocks(data: bytes) -> Iterator[bytes]:
    if len(data) <= _BLOCK:
        yield data
        return
    for start in range(0, len(data), _BLOCK):
        yield data[start : start + _BLOCK]


def _run(data: bytes, stop: int, chars: bytes) -> int:
    """Return the length of the run of bytes in ``chars`` that ends before ``stop``, in time linear in that length."""
    width = 64
    while True:
        start = max(0, stop - width)
        piece = data[start:stop]
        rest = piece.rstrip(chars)
        if rest or not start:
            return len(piece) - len(rest)
        width *= 8


def _runs(data: bytes, view: Bytes, positions: Positions, chars: bytes) -> Positions:
    """Return for each position the length of the run of bytes in ``chars`` that ends directly before it."""
    counts = np.zeros(len(positions), np.int64)
    table = np.zeros(256, bool)
    table[list(chars)] = True
    alive = np.arange(len(positions))
    for step in range(1, _STEPS + 1):
        alive = alive[positions[alive] >= step]
        alive = alive[table[view[positions[alive] - step]]]
        if not alive.size:
            return counts
        counts[alive] = step
    for index in alive.tolist():
        counts[index] += _run(data, int(positions[index]) - _STEPS, chars)
    return counts


def key_colons(data: bytes) -> Positions:
    """Return the positions of colons that follow an unescaped quote, with or without white space between them.

    In valid JSON these are exactly the colons of keys: quotes inside strings are escaped, and a string value is never
    followed by a colon.
    """
    view = np.frombuffer(data, np.uint8)
    parts = [np.flatnonzero(view[start : start + _BLOCK] == _COLON) + start for start in range(0, len(view), _BLOCK)]
    colons: Positions = np.concatenate(parts) if parts else np.empty(0, np.int64)
    colons = colons[colons > 0]
    quotes = colons - 1
    spaced = np.flatnonzero(_IS_SPACE[view[quotes]])
    if spaced.size:
        quotes[spaced] -= _runs(data, view, colons[spaced], WHITE)
    candidates = (quotes >= 0) & (view[quotes] == _QUOTE)
    colons, quotes = colons[candidates], quotes[candidates]
    escaped = np.flatnonzero(view[quotes - 1] == _BACKSLASH)
    if not escaped.size:
        return colons
    kept = np.ones(len(colons), bool)
    kept[escaped] = _runs(data, view, quotes[escaped], b"\\") % 2 == 0
    return colons[kept]


def long_numbers(data: bytes) -> Positions:
    """Return a position in each run of at least 19 digits (and in some runs of 13 to 18 digits)."""
    view = np.frombuffer(data, np.uint8)
    digits = (view[::6] - np.uint8(_ZERO)) < 10
    found = np.flatnonzero(digits[:-2] & digits[1:-1] & digits[2:]) * 6
    for step in (3, 9, 1, 2, 4, 5, 7, 8, 10, 11):
        if not found.size:
            break
        found = found[(view[found + step] - np.uint8(_ZERO)) < 10]
    return found


@mutable
class _State:
    inside: bool = False
    backslashes: int = 0
    depth: int = 0


def _structure(block: bytes, state: _State) -> tuple[Positions, Bytes, Positions]:
    """Return positions, bytes and depth after each bracket or comma outside strings; updates ``state``."""
    view = np.frombuffer(block, np.uint8)
    quotes = np.flatnonzero(view == _QUOTE)
    runs = _runs(block, view, quotes, b"\\")
    runs[runs == quotes] += state.backslashes
    quotes = quotes[runs % 2 == 0]
    marks = np.flatnonzero(_STRUCTURAL[view])
    outside = (np.searchsorted(quotes, marks) + state.inside) % 2 == 0
    marks = marks[outside]
    codes = view[marks]
    depths = state.depth + np.cumsum(_DELTA[codes])
    if marks.size:
        state.depth = int(depths[-1])
    state.inside = bool((len(quotes) + state.inside) % 2)
    run = _run(block, len(block), b"\\")
    state.backslashes = run + state.backslashes if run == len(block) else run
    return marks, codes, depths


def max_depth(data: bytes) -> int:
    """Return the maximum nesting depth of a JSON text, or an upper bound of it that is at most 100."""
    brackets = data.count(b"[") + data.count(b"{")
    if brackets <= 100:
        return brackets
    state = _State()
    return max(
        (int(depths.max(initial=0)) for _, _, depths in (_structure(b, state) for b in _blocks(data))), default=0
    )


def count_values(data: bytes) -> int:
    """Return the number of commas and opening brackets outside strings: about the number of values."""
    state = _State()
    found = (_structure(block, state)[1] for block in _blocks(data))
    return sum(int(np.count_nonzero(_DELTA[codes] != -1)) for codes in found)


class Elements(NamedTuple):
    """The elements of the containers at one level of a text.

    Element ``i`` is ``text[starts[i]:stops[i]]``, including the white space around it. Two elements are in the same
    container if there is only a comma between them. ``end`` is the position after the text's first value, or -1 if it
    is not closed; ``closer`` is the byte that closes it. ``joints`` are the brackets where an element goes on after its
    value: the one that closes the value, and the next one that opens another, as an array of shape (n, 2).
    """

    starts: Positions
    stops: Positions
    end: int
    closer: int
    joints: Positions


def elements(blocks: Iterable[bytes], level: int) -> Elements:
    """Return the elements at ``level`` (1: of the outermost container) of the first value in ``blocks``."""
    state = _State()
    base, end, closer = 0, -1, 0
    places: list[Positions] = []
    kinds: list[Bytes] = []
    joints: list[Positions] = []
    closed = -1  # the end of a value of the level, after which nothing was found so far
    for block in blocks:
        marks, codes, depths = _structure(block, state)
        over = np.flatnonzero(depths <= 0)
        if over.size:
            last = int(over[0])
            marks, codes, depths = marks[: last + 1], codes[: last + 1], depths[: last + 1]
            end, closer = base + int(marks[last]) + 1, int(codes[last])
        closing = _DELTA[codes] == -1
        here = depths == level
        events = np.flatnonzero(here & ~closing | (depths == level - 1) & closing)
        places.append(marks[events] + base)
        kinds.append(codes[events])
        if marks.size:
            ends = np.flatnonzero(here & closing)
            before = np.append(ends[:-1], ends[-1:][ends[-1:] < len(marks) - 1])
            after = before[depths[before + 1] > level] + 1
            if closed >= 0 and depths[0] > level:
                joints.append(np.array([[closed, base + int(marks[0])]]))
            joints.append(np.stack((marks[after - 1], marks[after]), axis=1) + base)
            closed = base + int(marks[-1]) if len(ends) > len(before) else -1
        base += len(block)
        if end >= 0:
            break
    place = np.concatenate(places) if places else np.empty(0, np.int64)
    kind = np.concatenate(kinds) if kinds else np.empty(0, np.uint8)
    begins = np.flatnonzero(_DELTA[kind] != -1)
    stops = np.append(place, base)[begins + 1]
    joined = np.concatenate(joints) if joints else np.empty((0, 2), np.int64)
    return Elements(place[begins] + 1, stops, end, closer, joined)


def filled_elements(data: bytes, level: int, offset: int) -> tuple[Positions, Positions]:
    """Return where the elements at ``level`` of a whole text that are not empty start and stop, moved by ``offset``."""
    found = elements([data], level)
    filled = [bool(data[a:b].strip()) for a, b in zip(found.starts.tolist(), found.stops.tolist(), strict=True)]
    kept = np.array(filled, bool)
    return found.starts[kept] + offset, found.stops[kept] + offset

"""Find the ends of chunks, lines and records in JSON Lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import shake_128
from typing import Final

import numpy as np
import numpy.typing as npt

from datalint.sources.base import Places
from datalint.sources.content import Content
from datalint.sources.readers.lines import SPACE
from datalint.support.lazy_pattern import lazy_pattern

#: The separator of two records on several lines each, perhaps with blank lines; the bracket that opens the second one
#: is not part of it.
BETWEEN: Final = lazy_pattern(rb"\}[ \t\r]*\n(?:[ \t\r]*\n)*+(?=\{)")
#: How far a chunk may exceed its size in order to end between two records that span several lines.
LOOKAHEAD: Final = 1 << 20
#: The number of bytes before and after the end of a row whose hash decides whether a chunk ends there.
_AROUND: Final = 128
_FACTORS: Final = np.frombuffer(shake_128(b"ends of chunks").digest(2 * _AROUND), "<u8") | np.uint64(1)
#: The number of possible hashes, and the number of bytes that are searched at a time.
_ALL: Final = 1 << 32
_BLOCK: Final = 1 << 18
_NEWLINE, _RETURN, _OPEN, _CLOSE = b"\n\r{}"
Marks = npt.NDArray[np.uint64]


def chunk_end(content: Content, start: int, size: int) -> int:
    """Return the end of the chunk of about ``size`` bytes that begins at byte ``start``: at most 14/8 of the size away.

    It is the first end of a row, after at least five eighths of the size, that the hash of the surrounding bytes marks
    (content-defined chunking); there is one mark per three eighths of the size on average. Marks do not depend on
    earlier rows, so after an edit the ends soon coincide with the same marks again.
    """
    least, share = size * 5 // 8, size * 3 // 8
    begin, stop = start + least, min(start + least + 3 * share, content.size)
    previous = best = None
    for position in range(begin, stop, _BLOCK):
        ends, marks = _row_ends(content, position, min(position + _BLOCK, stop))
        if not len(ends):
            continue
        # The longer a row, the more likely it is marked, because there are fewer ends.
        lengths = np.diff(ends, prepend=ends[0] if previous is None else previous).astype(np.uint64)
        marked = np.flatnonzero(marks * np.uint64(share) < lengths << np.uint64(32))
        if len(marked):
            return int(ends[marked[0]])
        previous = ends[-1]
        least_here = int(np.argmin(marks))
        best = min(best or (_ALL, 0), (int(marks[least_here]), int(ends[least_here])))
    if stop >= content.size:
        return content.size
    return best[1] if best is not None else line_end(content, start + size, BETWEEN)


def _row_ends(content: Content, begin: int, stop: int) -> tuple[Places, Marks]:
    """Return the ends of rows between two positions (``}`` before and ``{`` after them), and a 32-bit hash of each.

    The hash is a sum of products over the words around the end; the window has ``_AROUND`` additional bytes on each
    side.
    """
    around = max(begin - _AROUND, 0)
    window = content.read(around, min(stop + _AROUND, content.size))
    # Padded so that ``begin`` is at _AROUND, and every window is complete.
    view = np.frombuffer(bytes(_AROUND - (begin - around)) + window + bytes(_AROUND), np.uint8)
    ends = np.flatnonzero(view[_AROUND : _AROUND + stop - begin] == _NEWLINE) + (_AROUND + 1)
    before = view[ends - 2]
    closed = (before == _CLOSE) | (before == _RETURN) & (view[ends - 3] == _CLOSE)
    ends = ends[closed & (view[ends] == _OPEN)]
    windows = np.lib.stride_tricks.sliding_window_view(view, 2 * _AROUND)[ends - _AROUND]
    marks = (windows.view("<u8") * _FACTORS).sum(axis=1, dtype=np.uint64)
    return ends + (begin - _AROUND), marks >> np.uint64(32)


def line_end(content: Content, target: int, between: re.Pattern[bytes] | None = None) -> int:
    """Return the end of the line that contains byte ``target - 1``.

    With ``between``, return the end of its first match from there on, or of the content, if that is within
    ``LOOKAHEAD`` bytes.
    """
    target = max(target - 1, 0)
    if target >= content.size:
        return content.size
    if between is not None:
        begin, width = max(target - 2, 0), 1 << 14
        while True:
            window = content.read(begin, begin + width)
            for match in between.finditer(window):
                if begin + match.end() > target:
                    return begin + match.end()
            if begin + width >= content.size:
                return content.size
            if width >= LOOKAHEAD:
                break
            width *= 8
    position = target
    for block in content.blocks(target, 1 << 16):
        newline = block.find(b"\n")
        if newline >= 0:
            return position + newline + 1
        position += len(block)
    return content.size


def group_end(pieces: Sequence[bytes], first: int) -> int:
    """Return the index after the last line that may belong to the record that begins on line ``first``.

    In JSON, a ``{`` never follows a ``}`` without a comma, nor a ``{``, so a record ends where this occurs across a
    line break. If a line after a ``}`` is indented more than the first one, it is a part of the record, which lacks a
    comma.
    """
    last, margin = first, _margin(pieces[first])
    for index in range(first + 1, len(pieces)):
        line = pieces[index]
        if not line.strip(SPACE):
            continue
        if line.lstrip(SPACE)[:1] == b"{":
            before = pieces[last].rstrip(SPACE)[-1:]
            if before == b"{" or (before == b"}" and _margin(line) <= margin):
                break
        last = index
    return last + 1


def _margin(line: bytes) -> int:
    """Return the number of blanks and tabs that a line begins with."""
    return len(line) - len(line.lstrip(SPACE))

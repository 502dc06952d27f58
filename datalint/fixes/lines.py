"""The lines of a file: which bytes are a row, and which lines are no row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

import numpy as np

from datalint.sources.json_truth.fast_path import reread
from datalint.sources.readers.json_lines.ends import group_end, line_end
from datalint.sources.readers.json_lines.joined_lines import read_group
from datalint.sources.readers.lines import split
from datalint.support.named_tuple import NamedTuple

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from datalint.sources.readers.json_lines.reader import JsonLines
    from datalint.sources.readers.texts.reader import TextLines

#: Bytes that are read at a time, but for a longer row.
_WINDOW: Final = 8 << 20
NEWLINE: Final = ord("\n")


class Gap(NamedTuple):
    """Bytes of a window that are no row: whole lines, the first of which has this number in the file."""

    start: int
    stop: int
    line: int


class LineBlock(NamedTuple):
    """Consecutive bytes of a file with its rows ``first`` to ``last`` (excluded).

    ``starts`` and ``stops`` are where the rows stand in ``data``, with their line ends; ``gaps`` are the lines between
    them, in order, ``several`` the rows on more than one line, and ``glued`` those on a line with others.
    """

    data: bytes
    first: int
    last: int
    starts: NDArray[np.int64]
    stops: NDArray[np.int64]
    gaps: Sequence[Gap]
    several: Sequence[int]
    glued: Sequence[int]


def windows(source: JsonLines | TextLines, offsets: NDArray[np.int64]) -> Iterator[LineBlock]:
    """Yield the bytes of a file after its byte-order mark; ``offsets`` are those of its rows, in order."""
    content, size = source.content, len(offsets)
    begin, first, line = source.start, 0, 1
    while begin < content.size or first < size:
        # The last row that begins within reach ends the window, for its end is where the next one begins.
        last = max(int(np.searchsorted(offsets, begin + _WINDOW)), min(first + 1, size))
        if last < size and content.read(int(offsets[last]) - 1, int(offsets[last])) != b"\n":
            # Rows on one line are in one window.
            last = int(np.searchsorted(offsets, line_end(content, int(offsets[last]))))
        stop = int(offsets[last]) if last < size else content.size
        data = content.read(begin, stop)
        newlines = np.flatnonzero(np.frombuffer(data, np.uint8) == NEWLINE)
        starts = offsets[first:last] - begin
        stops, several = _stops(data, newlines, starts, one_each=source.container == "text")
        heads, tails = np.append(0, stops), np.append(starts, len(data))
        where = np.flatnonzero(heads < tails)
        lines = line + np.searchsorted(newlines, heads[where])
        gaps = list(map(Gap, heads[where].tolist(), tails[where].tolist(), lines.tolist()))
        glued = [first + at for at in _glued(newlines, starts, stops)]
        yield LineBlock(data, first, last, starts, stops, gaps, [first + at for at in several], glued)
        begin, first, line = stop, last, line + len(newlines)


def _stops(
    data: bytes, newlines: NDArray[np.int64], starts: NDArray[np.int64], *, one_each: bool
) -> tuple[NDArray[np.int64], list[int]]:
    """Return where each row ends, and which rows, by their place in ``starts``, are on several lines.

    No row is if each is on ``one_each``.
    """
    reach = np.append(starts[1:], len(data))[: len(starts)]
    ends = np.append(newlines + 1, len(data))[np.searchsorted(newlines, starts)]
    stops = np.minimum(ends, reach)
    several: list[int] = []
    if one_each:
        return stops, several
    # Other lines follow, or the row goes on there.
    for at in np.flatnonzero(stops < reach).tolist():
        end = row_end(data, int(starts[at]), int(reach[at]))
        if end > stops[at]:
            several.append(at)
            stops[at] = end
    return stops, several


def _glued(newlines: NDArray[np.int64], starts: NDArray[np.int64], stops: NDArray[np.int64]) -> list[int]:
    """Return the rows, by their place in ``starts``, that share a line with the row before or after them."""
    if len(starts) < 2:
        return []
    lines = np.searchsorted(newlines, starts)
    shared = (lines[1:] == lines[:-1]) & (stops[:-1] == starts[1:])
    found: list[int] = np.flatnonzero(np.append(shared, False) | np.append(False, shared)).tolist()
    return found


def row_end(data: bytes, start: int, stop: int) -> int:
    """Return where the row that begins at ``start`` ends, with its line end: rows can span several lines."""
    end = data.find(b"\n", start, stop) + 1 or stop
    if end == stop or reread(data[start:end].rstrip(b"\n")) is not None:
        return end
    lines = split(data[start:stop])
    found, taken = read_group(lines[: group_end(lines, 0)])
    if found.refused:
        # The brackets of the line are wrong.
        return end
    for _ in range(len(taken) - 1):
        end = data.find(b"\n", end, stop) + 1 or stop
    return end

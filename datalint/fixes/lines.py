"""The lines of a JSON Lines file: which bytes are a row, and which lines are none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from datalint.sources.json_truth.fast_path import reread
from datalint.sources.readers.broken_lines import read_group
from datalint.sources.readers.ends import group_end
from datalint.sources.readers.lines import split

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from datalint.sources.readers.jsonl import JsonLines

#: Bytes that are read at a time, but for a longer row.
_WINDOW: Final = 8 << 20


class WindowPiece(NamedTuple):
    """Some bytes of a window: the row with this number, or a line that is none (None), with its line number."""

    start: int
    stop: int
    row: int | None
    line: int


class LineBlock(NamedTuple):
    """Consecutive bytes of a file with its rows ``first`` to ``last`` (excluded).

    ``starts`` and ``stops`` are where the rows stand in ``data``, with their line ends, if every line is a row; else
    ``pieces`` are all rows and lines in order.
    """

    data: bytes
    first: int
    last: int
    starts: NDArray[np.int64]
    stops: NDArray[np.int64]
    pieces: Sequence[WindowPiece] | None


def windows(source: JsonLines, offsets: NDArray[np.int64]) -> Iterator[LineBlock]:
    """Yield the bytes of a file after its byte-order mark; ``offsets`` are those of its rows, in order."""
    content, size = source.content, len(offsets)
    begin, first, line = source.start, 0, 1
    while begin < content.size or first < size:
        # The last row that begins within reach ends the window, for its end is where the next one begins.
        last = max(int(np.searchsorted(offsets, begin + _WINDOW)), min(first + 1, size))
        stop = int(offsets[last]) if last < size else content.size
        data = content.read(begin, stop)
        starts = offsets[first:last] - begin
        lines = data.count(b"\n") + (not data.endswith(b"\n") and bool(data))
        stops = np.append(starts[1:], len(data)) if len(starts) else starts
        bare = lines == len(starts) and len(starts) > 0 and starts[0] == 0
        pieces = None if bare else list(_pieces(data, first, starts, stops, line))
        yield LineBlock(data, first, last, starts, stops, pieces)
        begin, first, line = stop, last, line + lines


def _pieces(
    data: bytes, first: int, starts: NDArray[np.int64], stops: NDArray[np.int64], line: int
) -> Iterator[WindowPiece]:
    """Yield the rows and the other lines of a window, of which the first is on ``line``."""
    head = int(starts[0]) if len(starts) else len(data)
    yield from _lines(data, 0, head, line)
    line += data.count(b"\n", 0, head)
    for number, (start, stop) in enumerate(zip(starts.tolist(), stops.tolist(), strict=True), first):
        end = row_end(data, start, stop)
        yield WindowPiece(start, end, number, line)
        yield from _lines(data, end, stop, line + data.count(b"\n", start, end))
        line += data.count(b"\n", start, stop)


def _lines(data: bytes, start: int, stop: int, line: int) -> Iterator[WindowPiece]:
    while start < stop:
        end = data.find(b"\n", start, stop) + 1 or stop
        yield WindowPiece(start, end, None, line)
        start, line = end, line + 1


def row_end(data: bytes, start: int, stop: int) -> int:
    """Return where the row that begins at ``start`` ends, with its line end: rows can span several lines."""
    end = data.find(b"\n", start, stop) + 1 or stop
    if end == stop or reread(data[start:end].rstrip(b"\n")) is not None:
        return end
    lines = split(data[start:stop])
    _, taken = read_group(lines[: group_end(lines, 0)])
    for _ in range(len(taken) - 1):
        end = data.find(b"\n", end, stop) + 1 or stop
    return end

"""The rows of each part of a divided dataset, as JSON Lines: one reading of the sources for all parts."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

import numpy as np

from datalint.fixes.decisions import Decisions
from datalint.fixes.lines import NEWLINE, windows
from datalint.fixes.same_lines import LineWriter
from datalint.fixes.writing import written_pieces
from datalint.sources.readers.json_lines.reader import JsonLines

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from datalint.fixes.lines import LineBlock
    from datalint.fixes.result import Fixes


def rows_of_parts(fixes: Fixes, file: int, parts: NDArray[np.int64]) -> Iterator[tuple[int, bytes]]:
    """Yield some rows of a file, in order, with the part that they are in; ``parts`` has the part of every row.

    Rows of JSON Lines keep their bytes if they are JSON objects. Lines that no row is read from are in no part.
    """
    decisions = Decisions(fixes, file)
    mine = parts[decisions.base : decisions.base + decisions.rows.height]
    if isinstance(decisions.source, JsonLines):
        yield from _of_lines(LineWriter(decisions, decisions.source), decisions.source, mine)
        return
    # Every piece of bytes is a row.
    rows = (piece for piece in written_pieces(fixes, file) if isinstance(piece, bytes))
    yield from zip(mine.tolist(), rows, strict=True)


def _of_lines(writer: LineWriter, source: JsonLines, parts: NDArray[np.int64]) -> Iterator[tuple[int, bytes]]:
    for window in windows(source, writer.offsets):
        mine = parts[window.first : window.last]
        if not len(mine):
            continue
        if new := writer.new_rows(window):
            yield from _each(writer, window, mine, new)
            continue
        goes_on = (mine[1:] == mine[:-1]) & (window.starts[1:] == window.stops[:-1])
        heads = np.flatnonzero(np.append(True, ~goes_on))
        tails = np.append(heads[1:], len(mine)) - 1
        found: dict[int, list[memoryview]] = {}
        data = memoryview(window.data)
        places = zip(mine[heads].tolist(), window.starts[heads].tolist(), window.stops[tails].tolist(), strict=True)
        for part, start, stop in places:
            found.setdefault(part, []).append(data[start:stop])
        if data[window.stops[-1] - 1] != NEWLINE:
            # The last row of the file, which need not be the last one of its part.
            found[int(mine[-1])].append(memoryview(b"\n"))
        yield from ((part, b"".join(pieces)) for part, pieces in found.items())


def _each(
    writer: LineWriter, window: LineBlock, parts: NDArray[np.int64], new: Collection[int]
) -> Iterator[tuple[int, bytes]]:
    """Yield the rows of a window one by one, those in ``new`` as JSON objects."""
    glued = set(window.glued)
    places = zip(parts.tolist(), window.starts.tolist(), window.stops.tolist(), strict=True)
    for row, (part, start, stop) in enumerate(places, window.first):
        data = window.data[start:stop]
        line = writer.row(row, data, glued=row in glued) if row in new else data
        assert isinstance(line, bytes), "a split removes no row"
        yield part, line if line.endswith(b"\n") else line + b"\n"

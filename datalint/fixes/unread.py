"""The lines of a file that no row can be read from, for commands that write rows and list what they leave out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from datalint.fixes.decisions import ENDS, Decisions, Lost
from datalint.fixes.lines import NEWLINE, windows
from datalint.fixes.result import Fixes
from datalint.fixes.writing import written_pieces
from datalint.sources.readers.json_lines.reader import JsonLines
from datalint.sources.readers.lines import SPACE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from datalint.engine.plan import Plan
    from datalint.records.record import FileFacts
    from datalint.sources import Source


def unread_lines(plan: Plan, source: Source, facts: FileFacts, offsets: NDArray[np.int64]) -> Iterator[Lost]:
    """Yield what no row was read from, as if it was removed; ``offsets`` are those of all rows of the source."""
    nothing = np.zeros(len(offsets), np.int64)
    places = pl.DataFrame({"file": nothing, "line": nothing, "row": nothing, "offset": offsets})
    decisions = Decisions(fixes := Fixes(plan, [source], [facts], places), 0)
    if not isinstance(source, JsonLines):
        yield from (piece for piece in written_pieces(fixes, 0) if isinstance(piece, Lost))
        return
    for window in windows(source, offsets):
        for gap in window.gaps:
            lines = window.data[gap.start : gap.stop].split(bytes([NEWLINE]))
            for line, text in enumerate(lines, gap.line):
                if text.strip(SPACE + ENDS):
                    yield decisions.lost_line(line, None, text)

"""The lines that fixes write anew or remove as a whole, with their bytes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from datalint.core.fix import Action
from datalint.fixes.decisions import ENDS, Decisions, Lost, NewLine
from datalint.fixes.delimited import new_records
from datalint.fixes.elements import new_elements
from datalint.fixes.lines import windows
from datalint.fixes.same_lines import LineWriter
from datalint.fixes.writing import own_format, written_pieces
from datalint.sources.readers.delimited.reader import Delimited
from datalint.sources.readers.documents.reader import Document
from datalint.sources.readers.json_lines.reader import JsonLines
from datalint.sources.readers.lines import SPACE

if TYPE_CHECKING:
    from datalint.fixes.lines import LineBlock
    from datalint.fixes.result import Fixes

#: What changes the bytes of a row, and not what it means.
_LAYOUTS = frozenset((Action.JSON, Action.ONE_LINE, Action.ENCODING))


def new_lines(fixes: Fixes, file: int) -> Iterator[NewLine]:
    """Yield the lines of JSON, CSV or TSV that are written anew though the values of their rows stay, in order."""
    source = fixes.sources[file]
    if _LAYOUTS.isdisjoint(fixes.layouts.get(file, {})):
        return
    if isinstance(source, JsonLines):
        yield from _of_lines(Decisions(fixes, file), source)
    elif isinstance(source, Document):
        yield from new_elements(Decisions(fixes, file), source)
    elif isinstance(source, Delimited):
        yield from new_records(Decisions(fixes, file), source)


def count_new_rows(fixes: Fixes) -> int:
    """Return the number of rows of which only the line is written anew."""
    return sum(new.size for file in fixes.layouts for new in new_lines(fixes, file))


def lost_lines(fixes: Fixes, file: int) -> Iterator[tuple[int, bytes]]:
    """Yield the lines of problems for which lines without a row are removed, in order.

    Each has the bytes of all lines of its record, or none where they are not read.
    """
    wanted = sorted(line for number, line in fixes.lines if number == file)
    if not wanted:
        return
    pieces = written_pieces(fixes, file, own_format(fixes.sources[file]) or "jsonl")
    lost = (piece for piece in pieces if isinstance(piece, Lost) and piece.row is None and piece.line is not None)
    # All lines of one record have the reason of its problem, which is one object.
    records = (list(lines) for _, lines in groupby(lost, key=lambda piece: id(piece.reason)))
    record = next(records, None)
    for line in wanted:
        while record is not None and (record[-1].line or 0) < line:
            record = next(records, None)
        is_in = record is not None and (record[0].line or 0) <= line
        yield line, b"\n".join(piece.data for piece in record or ()) if is_in else b""


def _of_lines(decisions: Decisions, source: JsonLines) -> Iterator[NewLine]:
    writer = LineWriter(decisions, source)
    lines: list[int] = decisions.rows["line"].to_list()
    for window in windows(source, writer.offsets):
        glued = set(window.glued)
        # Rows of one line are shown together; any other one has a number of its own.
        groups = groupby(sorted(writer.new_rows(window)), key=lambda row: lines[row] if row in glued else -row)
        for _, rows in groups:
            if (found := _as_new(writer, window, list(rows), lines)) is not None:
                yield found


def _as_new(writer: LineWriter, window: LineBlock, rows: Sequence[int], lines: Sequence[int]) -> NewLine | None:
    """Return the line of some rows if it changes; one row that is changed or removed is shown by its values."""
    is_glued = rows[0] in window.glued
    if not is_glued and writer.decisions.is_touched(rows[0]):
        return None
    spans = [(int(window.starts[row - window.first]), int(window.stops[row - window.first])) for row in rows]
    before = window.data[spans[0][0] : spans[-1][1]].strip(SPACE + ENDS)
    written = [
        writer.row(row, window.data[start:stop], glued=is_glued) for row, (start, stop) in zip(rows, spans, strict=True)
    ]
    after = tuple(each.strip(SPACE + ENDS) for each in written if isinstance(each, bytes))
    if not after or after == (before,):
        return None
    size = sum(not writer.decisions.is_touched(row) for row in rows)
    return NewLine(lines[rows[0]], rows[0], before, after, size)

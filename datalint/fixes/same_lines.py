"""Writes JSON Lines from JSON Lines, and text from text: all bytes between two changes are copied at once."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, Final

import numpy as np
import orjson

from datalint.core.fix import Action
from datalint.fixes.decisions import ENDS, Decisions, Lost, Pieces, record_of
from datalint.fixes.json_spans import on_one_line
from datalint.fixes.lines import Gap, LineBlock, windows
from datalint.fixes.repair import as_json, as_utf8
from datalint.sources.base import is_padded
from datalint.sources.encoding import UTF8_BOM
from datalint.sources.readers.lines import SPACE
from datalint.sources.readers.texts.reader import TextLines

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from datalint.sources.readers.json_lines.reader import JsonLines

#: Line ends in a text, which would end its row.
_SPACES: Final = bytes.maketrans(b"\r\n", b"  ")


def same_lines(decisions: Decisions, source: JsonLines | TextLines) -> Pieces:
    """Yield the bytes of a file of lines after its fixes, and each row and line that they removed."""
    return LineWriter(decisions, source).run()


class LineWriter:
    """Writes a file of lines after its fixes."""

    def __init__(self, decisions: Decisions, source: JsonLines | TextLines) -> None:
        self.decisions = decisions
        self.source = source
        self.is_text = isinstance(source, TextLines)
        self.keeps_blank = not is_padded(source.container)
        self.layouts = decisions.layouts
        self.offsets: NDArray[np.int64] = decisions.rows["offset"].to_numpy()
        self.touched = np.array(decisions.touched(), np.int64)

    def run(self) -> Pieces:
        """Yield what :func:`same_lines` does."""
        if self.source.start and Action.BYTE_ORDER_MARK not in self.layouts:
            yield UTF8_BOM
        for window in windows(self.source, self.offsets):
            yield from self._pieces(window)

    def _pieces(self, window: LineBlock) -> Pieces:
        """Yield the lines of a window: between those that change, as they are."""
        data, done, glued = window.data, 0, set(window.glued)
        special = self.touched[np.searchsorted(self.touched, window.first) : np.searchsorted(self.touched, window.last)]
        rows = self.new_rows(window) | set(special.tolist())
        if not rows.isdisjoint(glued):
            # One that stays ends its line, whatever becomes of the others.
            rows |= glued
        places: list[tuple[int, int | Gap]] = [(int(window.starts[row - window.first]), row) for row in rows]
        places += [(gap.start, gap) for gap in window.gaps]
        for start, what in sorted(places, key=itemgetter(0)):
            if done < start:
                yield self._ended(data[done:start])
            if isinstance(what, Gap):
                done = what.stop
                yield from self._others(data[start:done], what.line)
            else:
                done = int(window.stops[what - window.first])
                yield self.row(what, data[start:done], glued=what in glued)
        if done < len(data):
            yield self._ended(data[done:])

    def new_rows(self, window: LineBlock) -> set[int]:
        """Return the rows of a window that are written anew though their values stay."""
        rows: set[int] = set()
        if Action.BYTE_ORDER_MARK in self.layouts or Action.ENCODING in self.layouts:
            rows |= self._other(window)
        if Action.JSON in self.layouts:
            rows |= _no_json(window) | set(window.glued)
        if Action.ONE_LINE in self.layouts:
            rows.update(window.several)
        return rows

    def _other(self, window: LineBlock) -> set[int]:
        """Return the rows with a byte-order mark, or in another encoding."""
        try:
            window.data.decode()
            is_other = UTF8_BOM in window.data
        except UnicodeDecodeError:
            is_other = True
        if not is_other:
            return set()
        spans = zip(window.starts.tolist(), window.stops.tolist(), strict=True)
        return {row for row, (start, stop) in enumerate(spans, window.first) if _is_other(window.data[start:stop])}

    def _others(self, data: bytes, first: int) -> Pieces:
        """Yield the lines between two rows; ``first`` is the number of the first one."""
        lines = list(enumerate(_lines(data), first))
        refused = [line for line, text in lines if text.strip(SPACE + ENDS)]
        reasons = dict(zip(refused, self.decisions.reasons(refused), strict=True))
        for line, text in lines:
            if line not in reasons:
                # Where records span lines, blank lines between them are no finding of their own; those of a sheet are
                # its other rows.
                if self.keeps_blank and Action.BLANK_LINES not in self.layouts and Action.ONE_LINE not in self.layouts:
                    yield self._ended(text)
            elif (why := reasons[line]) is not None:
                yield self.decisions.lost_line(line, why, text)
            else:
                yield self._ended(text)

    def row(self, row: int, data: bytes, *, glued: bool) -> bytes | Lost:
        """Return a row with the line end that it has or is to have, after its fixes.

        ``data`` are its bytes, and ``glued`` says that its line has other rows.
        """
        if glued and not data.endswith(b"\n"):
            data = data.rstrip(SPACE + b",") + b"\n"
        if (why := self.decisions.removed(row)) is not None:
            return self.decisions.lost(row, why, data)
        body = data.rstrip(ENDS)
        end = data[len(body) :]
        if (repaired := self.decisions.repaired(row)) is not None:
            body = _as_text(repaired) if self.is_text else repaired
        if Action.JSON in self.layouts:
            # A comment ends with its line.
            body = as_json(body)
        if Action.ONE_LINE in self.layouts and b"\n" in body:
            body = on_one_line(body)
        if Action.BYTE_ORDER_MARK in self.layouts:
            body = body.removeprefix(UTF8_BOM)
        if Action.ENCODING in self.layouts:
            body = as_utf8(body)
        return self._ended(body + end)

    def _ended(self, data: bytes) -> bytes:
        """Return lines with the line ends that they are to have."""
        if Action.LINE_ENDINGS not in self.layouts or b"\r" not in data:
            return data
        data = data.replace(b"\r\n", b"\n")
        # In a row, a bare one is white space between two values.
        return data.replace(b"\r", b" ")


def _as_text(line: bytes) -> bytes:
    """Return the text of a row of a text file, on one line."""
    return str(record_of(line)["text"]).encode("utf-8", "surrogatepass").translate(_SPACES)


def _lines(data: bytes) -> list[bytes]:
    """Return the lines of ``data`` with their ends; only ``\\n`` ends a line."""
    return [line + b"\n" for line in data.split(b"\n")[:-1]] + ([last] if (last := data.rpartition(b"\n")[2]) else [])


def _no_json(window: LineBlock) -> set[int]:
    """Return the rows whose text is not JSON, or no object."""
    found = set()
    spans = zip(window.starts.tolist(), window.stops.tolist(), strict=True)
    for row, (start, stop) in enumerate(spans, window.first):
        try:
            if not isinstance(orjson.loads(window.data[start:stop]), dict):
                found.add(row)
        except orjson.JSONDecodeError:
            found.add(row)
    return found


def _is_other(line: bytes) -> bool:
    if line.startswith(UTF8_BOM):
        return True
    try:
        line.decode()
    except UnicodeDecodeError:
        return True
    return False

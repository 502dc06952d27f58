"""Scanner of lines of one layout, in compiled code: in most files, one program wrote most lines from one table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import polars as pl

from datalint.records.lazy_rows import Cells, Column, Records
from datalint.sources.scanner.kernel import PARTS, mark_ends, read_lines
from datalint.sources.scanner.line_layout import LineLayout, find_layout
from datalint.sources.scanner.write_kernel import WRITE_PARTS, write_lines
from datalint.support.arrow_series import arrow_series
from datalint.support.compiler import compiled
from datalint.support.named_tuple import NamedTuple

_LINE: Final = ord("\n")
_Numbers = npt.NDArray[np.int64]


@dataclass(slots=True)
class ScannedChunk:
    """The scanned lines of a chunk.

    Attributes:
        starts: (n,) start of each line.
        stops: (n,) end of each line, before its line feed.
        matched: (n,) mask of the lines that have the layout.
        hashes: first bytes of the SHA-256 of each matched line with sorted keys and without white space; 0 for a line
            with a fraction.
        layout: the layout of the matched lines.
        columns: the values of each column of the layout.
        counts: (lists, n) number of objects in each list.
    """

    starts: _Numbers
    stops: _Numbers
    matched: npt.NDArray[np.bool_]
    hashes: npt.NDArray[np.uint64]
    layout: LineLayout
    columns: list[Column]
    counts: npt.NDArray[np.int64]

    def cells(self, rows: _Numbers, records: Records) -> Cells:
        """Return the rows that have the layout; ``rows`` are their indices in ``records``."""
        numbers: list[int] = rows.tolist()
        layout = self.layout
        lists: dict[str, tuple[list[int], Cells]] = {}
        for place, (key, inner) in enumerate(layout.lists.items()):
            counts = self.counts[place, self.matched]
            owners: list[int] = np.repeat(rows, counts).tolist()
            values = {name: self.columns[layout.columns[key, name]] for name in inner}
            lists[key] = counts.tolist(), Cells(inner, owners, values, {}, records)
        values = {key: self.columns[layout.columns[key,]] for key in layout.keys if key not in lists}
        return Cells(layout.keys, numbers, values, lists, records)


class _Kernels(NamedTuple):
    mark_ends: Callable[..., None]
    read_lines: Callable[..., _Numbers]
    write_lines: Callable[..., None]


class Scanner:
    """Scans chunks one after another; buffers are reused between chunks."""

    def __init__(self, kernels: _Kernels) -> None:
        self._kernels = kernels
        self._room = _Room(0, 0)

    def __call__(self, data: bytes, useful: Callable[[dict[str, Any]], bool]) -> ScannedChunk | None:
        """Return the scanned lines of ``data``, None if scanning is not worthwhile.

        ``useful`` returns whether scanning is worthwhile for rows like the given one.
        """
        if not data.endswith(b"\n") or not _is_text(data):
            return None
        found = find_layout(data)
        return self._scan(data, found[0]) if found is not None and useful(found[1]) else None

    def _scan(self, data: bytes, layout: LineLayout) -> ScannedChunk | None:
        size, width = len(data), len(layout.columns)
        room = self._room = self._room if self._room.holds(size, width) else _Room(size, width)
        view = np.frombuffer(data, np.uint8)
        flags = room.bytes[:size]
        self._kernels.mark_ends(view, flags)
        marks = np.flatnonzero(flags.view(np.bool_))
        bounds = np.concatenate([np.zeros(1, np.int64), marks[view[marks] == _LINE] + 1])
        lines = len(bounds) - 1
        texts = np.empty((width, size), np.uint8)
        counts = np.zeros((len(layout.lists), lines), np.int64)
        matched = np.zeros(lines, np.bool_)
        cells = texts, room.ends[:width], room.kinds[:width], room.escaped[:width]
        filled = self._kernels.read_lines(view, marks, bounds, layout.names, layout.reading, *cells, counts, matched)
        if 2 * np.count_nonzero(matched) < lines:
            return None
        columns = []
        for number, (count, is_text) in enumerate(zip(filled.tolist(), layout.texts, strict=True)):
            ends = room.ends[number, : count + 1].copy()
            kinds = None if is_text else room.kinds[number, :count].copy()
            columns.append(Column(texts[number, : ends[-1]], ends, kinds))
        written_ends = np.zeros(lines + 1, np.int64)
        self._kernels.write_lines(
            layout.names, layout.writing, *cells, counts, matched, room.bytes[:size], written_ends
        )
        hashes = _digests(room.bytes, written_ends, matched)
        return ScannedChunk(bounds[:-1], bounds[1:] - 1, matched, hashes, layout, columns, counts)


class _Room:
    """Buffers for chunks of up to ``size`` bytes and ``width`` columns."""

    def __init__(self, size: int, width: int) -> None:
        self.size, self.width = size, width
        # A cell in a list takes at least `{"":0` and a comma or bracket.
        most = size // 6 + 2
        self.bytes = np.empty(size, np.uint8)
        self.ends = np.empty((width, most), np.int64)
        self.ends[:, 0] = 0
        self.kinds = np.empty((width, most), np.uint8)
        self.escaped = np.empty((width, most), np.bool_)

    def holds(self, size: int, width: int) -> bool:
        return size <= self.size and width <= self.width


def _is_text(data: bytes) -> bool:
    """Return whether ``data`` is valid UTF-8, which the kernels assume."""
    if data.isascii():
        return True
    import pyarrow as pa  # type: ignore[import-untyped]

    # Arrow's own layout, so that nothing is copied.
    buffers = pa.py_buffer(np.array([0, len(data)], np.int64)), pa.py_buffer(data)
    try:
        arrow_series("", pa.LargeBinaryArray.from_buffers(pa.large_binary(), 1, [None, *buffers])).cast(pl.String)
    except pl.exceptions.PolarsError:
        return False
    return True


def _digests(written: npt.NDArray[np.uint8], ends: _Numbers, matched: npt.NDArray[np.bool_]) -> npt.NDArray[np.uint64]:
    view, places = written.data, ends.tolist()
    rows: Sequence[int] = np.flatnonzero(matched).tolist()
    digests = [sha256(view[places[i] : places[i + 1]], usedforsecurity=False).digest() for i in rows]
    hashes = np.frombuffer(b"".join(digests), "<u8")[::4].astype(np.uint64)
    hashes[np.diff(ends)[matched] == 0] = 0
    return hashes


@cache
def load_scanner() -> Scanner | None:
    """Return the scanner of this process, None without a compiler or a cache folder for machine code."""
    made = compiled((mark_ends, read_lines, write_lines), (*PARTS, *WRITE_PARTS))
    return None if made is None else Scanner(_Kernels(*made))

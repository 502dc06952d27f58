"""Lines of one layout, read by compiled code: most lines of most files are written by one program from one table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt
import orjson
import polars as pl

from datalint.core.compiler import compiled
from datalint.core.scanned import Cells, Column, Records
from datalint.sources.scan_kernel import (
    BACK,
    CELL,
    COPY,
    EACH,
    KEY,
    LIST,
    MARK,
    NEXT,
    OTHER,
    PARTS,
    TEXT,
    mark_ends,
    read_lines,
    write_lines,
)

#: Lines at the start of a chunk that say what most of it may look like.
_SAMPLE: Final = 16
#: Keys, of lines and of objects in their lists, beyond which a layout is not worth it.
_MOST: Final = 24
_LINE: Final = ord("\n")
_Numbers = npt.NDArray[np.int64]


class Layout:
    """What lines with the keys and types of one row look like: steps for :mod:`datalint.sources.scan_kernel`.

    ``keys`` are the row's; ``columns`` maps (key,), or (key, key in the objects of its list), to a column's number, and
    ``texts`` says of each column whether it holds strings; ``lists`` are the keys of lists with those of their objects.
    """

    def __init__(self) -> None:
        self.keys: tuple[str, ...] = ()
        self.columns: dict[tuple[str, ...], int] = {}
        self.texts: list[bool] = []
        self.lists: dict[str, tuple[str, ...]] = {}
        self._names = bytearray()
        self._reading: list[tuple[int, int, int]] = []
        self._writing: list[tuple[int, int, int]] = []

    @classmethod
    def of(cls, row: dict[str, Any]) -> Layout | None:
        """Return the layout of a row, None where it has other values than scalars and lists of like, flat objects."""
        layout = cls()
        return layout if layout._read(row) and len(layout.columns) <= _MOST and layout._write() else None

    @property
    def names(self) -> npt.NDArray[np.uint8]:
        """The bytes that steps speak of."""
        return np.frombuffer(bytes(self._names), np.uint8)

    @property
    def reading(self) -> _Numbers:
        """The steps of reading a line."""
        return np.array(self._reading, np.int64)

    @property
    def writing(self) -> _Numbers:
        """The steps of writing a line with sorted keys."""
        return np.array(self._writing, np.int64)

    def _read(self, row: dict[str, Any]) -> bool:
        self.keys = tuple(row)
        self._mark("{")
        for number, (key, value) in enumerate(row.items()):
            if number:
                self._mark(",")
            if not self._key(key):
                return False
            if isinstance(value, list):
                if not self._list(key, value):
                    return False
            elif not self._cell((key,), value):
                return False
        self._mark("}")
        return bool(row)

    def _list(self, key: str, items: list[Any]) -> bool:
        if not items or any(type(item) is not dict or item.keys() != items[0].keys() for item in items):
            return False
        place = len(self._reading)
        self._reading.append((LIST, 0, 0))
        self._mark("{")
        for number, inner in enumerate(items[0]):
            if number:
                self._mark(",")
            if not self._key(inner) or not self._cell((key, inner), items[0][inner]):
                return False
        self._mark("}")
        self._reading.append((NEXT, place + 1, len(self.lists)))
        self._reading[place] = LIST, len(self._reading), 0
        self.lists[key] = tuple(items[0])
        return bool(items[0])

    def _mark(self, byte: str) -> None:
        self._reading.append((MARK, ord(byte), 0))

    def _key(self, key: str) -> bool:
        try:
            name = orjson.dumps(key)
        except TypeError:
            return False
        # An escape can be written in several ways.
        self._reading.append((KEY, *self._place(name)))
        return b"\\" not in name

    def _cell(self, path: tuple[str, ...], value: Any) -> bool:
        is_text = isinstance(value, str)
        self._reading.append((TEXT if is_text else OTHER, len(self.columns), 0))
        self.columns[path] = len(self.columns)
        self.texts.append(is_text)
        return not isinstance(value, dict | list)

    def _write(self) -> bool:
        before = b"{"
        for key in sorted(self.keys):
            name = before + orjson.dumps(key) + b":"
            before = b","
            if key not in self.lists:
                self._copy(name)
                self._writing.append((CELL, self.columns[key,], 0))
                continue
            self._copy(name + b"[")
            place = len(self._writing)
            self._writing.append((EACH, 0, 0))
            inner_before = b"{"
            for inner in sorted(self.lists[key]):
                self._copy(inner_before + orjson.dumps(inner) + b":")
                self._writing.append((CELL, self.columns[key, inner], 0))
                inner_before = b","
            self._copy(b"}")
            self._writing.append((BACK, place, 0))
            self._writing[place] = EACH, len(self._writing), list(self.lists).index(key)
            before = b"],"
        self._copy(before.removesuffix(b",") + b"}")
        return True

    def _copy(self, data: bytes) -> None:
        self._writing.append((COPY, *self._place(data)))

    def _place(self, data: bytes) -> tuple[int, int]:
        self._names += data
        return len(self._names) - len(data), len(self._names)


@dataclass(slots=True)
class Scan:
    """What there is of the lines of a chunk.

    Attributes:
        starts: (n,) where each line begins.
        stops: (n,) where it ends, before its line feed.
        matched: (n,) which lines have the layout.
        hashes: the beginning of the SHA-256 of each of these, its keys sorted and white space gone; 0 where a fraction
            is in it.
        layout: theirs.
        columns: a column of the layout's values each.
        counts: (lists, n) how many objects each list has.
    """

    starts: _Numbers
    stops: _Numbers
    matched: npt.NDArray[np.bool_]
    hashes: npt.NDArray[np.uint64]
    layout: Layout
    columns: list[Column]
    counts: npt.NDArray[np.int64]

    def cells(self, rows: _Numbers, records: Records) -> Cells:
        """Return the rows that have the layout; ``rows`` are their numbers among ``records``."""
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
    """Scans chunk after chunk; what they have no use for any more is used again, so that memory stays mapped."""

    def __init__(self, kernels: _Kernels) -> None:
        self._kernels = kernels
        self._room = _Room(0, 0)

    def __call__(self, data: bytes, useful: Callable[[dict[str, Any]], bool]) -> Scan | None:
        """Return what there is of the lines of ``data``, None where it is not worth it.

        ``useful`` says of a row whether it is worth it for rows like that one.
        """
        if not data.endswith(b"\n") or not _is_text(data):
            return None
        layout = _layout(data)
        if layout is None or not useful(layout[1]):
            return None
        return self._scan(data, layout[0])

    def _scan(self, data: bytes, layout: Layout) -> Scan | None:
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
        return Scan(bounds[:-1], bounds[1:] - 1, matched, hashes, layout, columns, counts)


class _Room:
    """Arrays for chunks of up to ``size`` bytes and ``width`` columns."""

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
    """Whether ``data`` is UTF-8, which the kernels take for granted."""
    if data.isascii():
        return True
    try:
        pl.Series([data], dtype=pl.Binary).cast(pl.String)
    except pl.exceptions.PolarsError:
        return False
    return True


def _layout(data: bytes) -> tuple[Layout, dict[str, Any]] | None:
    """Return the layout that most of the first lines have, and a row that has it."""
    found: Counter[bytes] = Counter()
    known: dict[bytes, tuple[Layout, dict[str, Any]]] = {}
    start = 0
    for _ in range(_SAMPLE):
        end = data.find(b"\n", start)
        if end < 0:
            break
        try:
            row = orjson.loads(data[start:end])
        except orjson.JSONDecodeError:
            row = None
        start = end + 1
        layout = Layout.of(row) if type(row) is dict else None
        if layout is not None:
            name = layout.names.tobytes() + layout.reading.tobytes()
            found[name] += 1
            known.setdefault(name, (layout, row))
    return known[found.most_common(1)[0][0]] if found else None


def _digests(written: npt.NDArray[np.uint8], ends: _Numbers, matched: npt.NDArray[np.bool_]) -> npt.NDArray[np.uint64]:
    view, places = written.data, ends.tolist()
    rows: Sequence[int] = np.flatnonzero(matched).tolist()
    digests = [sha256(view[places[i] : places[i + 1]], usedforsecurity=False).digest() for i in rows]
    hashes = np.frombuffer(b"".join(digests), "<u8")[::4].astype(np.uint64)
    hashes[np.diff(ends)[matched] == 0] = 0
    return hashes


@cache
def load_scanner() -> Scanner | None:
    """Return this process's scanner, None where there is no compiler, or no place to keep machine code."""
    made = compiled((mark_ends, read_lines, write_lines), PARTS)
    return None if made is None else Scanner(_Kernels(*made))

"""The layout of lines that one program wrote from one table."""

from __future__ import annotations

from collections import Counter
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import orjson

from datalint.sources.scanner.kernel import BACK, CELL, COPY, EACH, KEY, LIST, MARK, NEXT, OTHER, TEXT

#: The number of lines at the start of a chunk from which its layout is derived.
_SAMPLE: Final = 16
#: The maximum number of columns; with more, the general parser is used.
_MOST: Final = 24
_Numbers = npt.NDArray[np.int64]


class LineLayout:
    """The layout of lines with the keys and types of one row, as steps for :mod:`datalint.sources.scanner.kernel`.

    ``keys`` are the keys of the row. ``columns`` maps (key,), or (key, key in the objects of its list), to the number
    of a column. ``texts`` is true for each column of strings. ``lists`` are the keys of lists with those of their
    objects.
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
    def of(cls, row: dict[str, Any]) -> LineLayout | None:
        """Return the layout of a row; None if it has values other than scalars and lists of uniform, flat objects."""
        layout = cls()
        return layout if layout._read(row) and len(layout.columns) <= _MOST and layout._write() else None

    @property
    def names(self) -> npt.NDArray[np.uint8]:
        """The bytes of the keys to which steps refer."""
        return np.frombuffer(bytes(self._names), np.uint8)

    @property
    def reading(self) -> _Numbers:
        """The steps for reading a line."""
        return np.array(self._reading, np.int64)

    @property
    def writing(self) -> _Numbers:
        """The steps for writing a line with sorted keys."""
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
        # Not for keys with escapes, which can be written in several ways.
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


def find_layout(data: bytes) -> tuple[LineLayout, dict[str, Any]] | None:
    """Return the layout of most of the first lines, and a row with this layout."""
    found: Counter[bytes] = Counter()
    known: dict[bytes, tuple[LineLayout, dict[str, Any]]] = {}
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
        layout = LineLayout.of(row) if type(row) is dict else None
        if layout is not None:
            name = layout.names.tobytes() + layout.reading.tobytes()
            found[name] += 1
            known.setdefault(name, (layout, row))
    return known[found.most_common(1)[0][0]] if found else None

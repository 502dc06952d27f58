"""Rows that one layout describes, as columns of bytes: values become Python's where somebody asks for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from itertools import pairwise
from typing import Any, Final, overload

import numpy as np
import numpy.typing as npt
import orjson

from datalint.records.structure import Alike

#: The Python type of each kind of cell, by its number.
TYPES: Final = (str, int, float, bool, bool, type(None))
_Numbers = npt.NDArray[np.int64]


class Column:
    """The values under one key.

    Value k is ``data[ends[k] : ends[k + 1]]``: a string in UTF-8 or, where there are ``kinds`` (numbers of
    :data:`TYPES`), anything else but objects and lists, as JSON.
    """

    __slots__ = ("data", "ends", "kinds")

    def __init__(self, data: npt.NDArray[np.uint8], ends: _Numbers, kinds: npt.NDArray[np.uint8] | None) -> None:
        self.data = data
        self.ends = ends
        self.kinds = kinds

    def __len__(self) -> int:
        return len(self.ends) - 1

    def values(self) -> list[Any]:
        """Return the values."""
        ends = self.ends.tolist()
        data = self.data.tobytes()
        if self.kinds is not None:
            values: list[Any] = orjson.loads(b"[%b]" % b",".join(data[a:b] for a, b in pairwise(ends)))
            return values
        text = data.decode()
        if len(text) == len(data):
            return [text[a:b] for a, b in pairwise(ends)]
        return [data[a:b].decode() for a, b in pairwise(ends)]

    def types(self) -> dict[type, tuple[int, int]]:
        """Return each type with the number of its values and the first one's index."""
        if self.kinds is None:
            return {str: (len(self), 0)} if len(self) else {}
        found: dict[type, tuple[int, int]] = {}
        # Unlike np.unique, without sorting.
        for number, count in enumerate(np.bincount(self.kinds).tolist()):
            if not count:
                continue
            first = int(np.argmax(self.kinds == number))
            known = found.get(TYPES[number], (0, first))
            found[TYPES[number]] = known[0] + count, min(known[1], first)
        return found


class Cells(Alike):
    """Objects that were read by a layout; ``records`` are those of the whole chunk.

    ``lists`` are the keys under which there are lists of objects: how many each object has, and those objects.
    """

    __slots__ = ("_known", "_lists", "_records", "_values")

    def __init__(
        self,
        keys: tuple[str, ...],
        rows: list[int],
        values: dict[str, Column],
        lists: dict[str, tuple[list[int], Cells]],
        records: Sequence[dict[str, Any]],
    ) -> None:
        self.keys = keys
        self.rows = rows
        self._values = values
        self._lists = lists
        self._records = records
        self._known: dict[str, list[Any]] = {}

    def column(self, key: str) -> list[Any]:
        """Return the values under ``key``; KeyError for a key that these objects lack."""
        known = self._known.get(key)
        if known is None:
            is_list = key in self._lists
            known = [self._records[row][key] for row in self.rows] if is_list else self._values[key].values()
            self._known[key] = known
        return known

    def text(self, key: str) -> Column | None:
        """Return the bytes of the strings under ``key``, None where there is anything else."""
        column = self._values.get(key)
        return column if column is not None and column.kinds is None else None

    def kinds(self, key: str) -> Set[type]:
        """Return the types of the values under ``key``."""
        return self.types(key).keys()

    def types(self, key: str) -> dict[type, tuple[int, int]]:
        """Return each type under ``key`` with the number of its values and the row of the first."""
        if key in self._lists:
            return {list: (len(self.rows), self.rows[0])}
        return {kind: (count, self.rows[at]) for kind, (count, at) in self._values[key].types().items()}

    def lengths(self, key: str) -> list[int]:
        """Return how many items each list under ``key`` has."""
        return self._lists[key][0]

    def items(self, key: str) -> Alike | None:
        """Return the objects in the lists under ``key``."""
        return self._lists[key][1] if key in self._lists else None


class Records(Sequence[dict[str, Any]]):
    """The records of a chunk of which most are bytes, parsed one by one as they are asked for.

    Record i is ``data[starts[i] : stops[i]]``, unless ``parsed[i]`` is there already. ``hashes[i]`` is its exact hash,
    or 0 where that is not known.
    """

    def __init__(
        self,
        data: bytes,
        starts: _Numbers,
        stops: _Numbers,
        parsed: list[dict[str, Any] | None],
        hashes: npt.NDArray[np.uint64],
    ) -> None:
        self.hashes = hashes
        self._data = data
        self._starts = starts
        self._stops = stops
        self._parsed = parsed

    def __len__(self) -> int:
        return len(self._parsed)

    @overload
    def __getitem__(self, index: int) -> dict[str, Any]: ...

    @overload
    def __getitem__(self, index: slice) -> list[dict[str, Any]]: ...

    def __getitem__(self, index: int | slice) -> dict[str, Any] | list[dict[str, Any]]:
        if isinstance(index, slice):
            return [self[each] for each in range(*index.indices(len(self)))]
        record = self._parsed[index]
        if record is None:
            record = self._parsed[index] = orjson.loads(self._data[self._starts[index] : self._stops[index]])
        return record

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return map(self.__getitem__, range(len(self)))

"""Misspelled optional keys of known shapes, which no schema reports."""

from __future__ import annotations

from collections.abc import Set
from typing import Any, Final

from datalint.shapes.base import Shape
from datalint.shapes.sink import Sink
from datalint.support.names.spelling import DISPENSABLE, nearest

#: Characters of a key up to which it may be a slip.
_LONGEST: Final = 40
#: Maximum number of cached sets of keys, so that rows with generated keys do not fill the memory.
_REMEMBERED: Final = 10_000


class Slips:
    """Finds rows with a misspelled key, by their keys and shape; ``known`` are the keys of all shapes."""

    def __init__(self, known: Set[str]) -> None:
        self._known = known
        self._found: dict[tuple[int, tuple[str, ...]], bool] = {}
        self._noting: dict[int, Shape] = {}

    def has(self, value: dict[str, Any], shape: Shape) -> bool:
        """Return whether a key of a row misspells an optional key of its shape, which no other rule reports."""
        keys = tuple(value)
        found = self._found.get((id(shape), keys))
        if found is None:
            if len(self._found) >= _REMEMBERED:
                self._found.clear()
            lost = DISPENSABLE.intersection(shape.keys).difference(keys)
            found = self._found[id(shape), keys] = bool(lost) and any(
                key not in self._known and len(key) <= _LONGEST and nearest(key, "row") in lost for key in keys
            )
        return found

    def noting(self, shape: Shape) -> Shape:
        """Return the shape with a reader that notes, as a feature of the row, that a key of it is misspelled."""
        found = self._noting.get(id(shape))
        if found is None:
            found = self._noting[id(shape)] = _noting(shape)
        return found


def _noting(shape: Shape) -> Shape:
    def read(value: dict[str, Any], sink: Sink) -> None:
        sink.features.add("misspelled")
        shape.read(value, sink)

    return shape._replace(read=read)

"""The first rows of a source, read in steps: as few as its columns can be inferred from."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from itertools import count, islice
from typing import TYPE_CHECKING, Any, Final

from datalint.core.errors import DatalintError
from datalint.engine.map.acceptances import without_key

if TYPE_CHECKING:
    from datalint.sources import Source

#: Bytes of text that the sample is read from, in steps. The first bytes show whether the shape is known. Each step
#: reads more, since a chunk reports a limited number of the lines that it refuses, and these take longest. Notes read
#: 200 rows, for which half a megabyte is mostly enough.
_BYTES: Final = (1 << 13, 1 << 17, 1 << 19, 1 << 21)


def first_rows(source: Source) -> Iterator[dict[str, Any]]:
    """Yield the first rows of a source that can be read."""
    for record in _first_rows(source):
        yield from without_key([record])


class FirstRows:
    """The first rows of a source, which may be iterated many times and are read once, as far as anything asks for them.

    They stay in memory as long as the object does. Nothing that gets them may change them.
    """

    def __init__(self, source: Source) -> None:
        self._rows: list[dict[str, Any]] = []
        self._further = first_rows(source)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for place in count():
            if place == len(self._rows):
                row = next(self._further, None)
                if row is None:
                    return
                self._rows.append(row)
            yield self._rows[place]


def has_further(source: Source) -> bool:
    """Return whether a source has more than the part that first rows are read from."""
    sized = dataclasses.replace(source, chunk_bytes=_BYTES[-1]) if hasattr(source, "chunk_bytes") else source  # type: ignore[type-var]
    try:
        return len(list(islice(sized.chunks(0), 2))) > 1
    except DatalintError:
        return False  # reading the complete file reports the error


def _first_rows(source: Source) -> Iterator[dict[str, Any]]:
    if not hasattr(source, "chunk_bytes"):
        yield from _of_table(source)
        return
    seen = done = 0
    for size in _BYTES:
        if size <= seen:
            continue
        chunks = dataclasses.replace(source, chunk_bytes=size).chunks(0)  # type: ignore[type-var]
        chunk = next(chunks, None)
        if chunk is None:
            return
        loaded = chunk.load()
        yield from islice(loaded.records, done, None)
        if next(chunks, None) is None:
            return
        seen, done = loaded.facts.size, len(loaded.records)


def _of_table(source: Source) -> Iterator[dict[str, Any]]:
    try:
        yield from source.fetch([0])
        for chunk in source.chunks(0):
            yield from islice(chunk.load().records, 1, None)
            return
    except DatalintError:
        return  # reading the complete file reports the error

"""Grouping of the chunks of small files, so that many files share the fixed cost of a chunk."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import PurePath
from typing import Final

import numpy as np

from datalint.records.record import Problem
from datalint.sources.base import CHUNK_BYTES, Located, SourceChunk
from datalint.support.named_tuple import NamedTuple

#: Bytes up to which a chunk is grouped with others. Mapping a chunk of this size takes a third of the fixed cost.
SMALL: Final = 1 << 18
#: Maximum number of chunks in a group, and the mean number if all are small.
MOST_CHUNKS: Final = 8192
_USUAL: Final = 2048


class ChunkGroup(NamedTuple):
    """Chunks of several files, in order, that are mapped together."""

    chunks: tuple[SourceChunk, ...]

    @property
    def file(self) -> int:
        """The index of the first file in the run."""
        return self.chunks[0].file

    def load(self) -> Located:
        """Read and parse all chunks. Lines and offsets are those in each file, which ``files`` lists."""
        loaded = [chunk.load() for chunk in self.chunks]
        noticed: dict[int, list[Problem]] = {}
        before = 0
        for each in loaded:
            noticed.update((before + row, problems) for row, problems in each.noticed.items())
            before += len(each.records)
        return Located(
            list(chain.from_iterable(each.records for each in loaded)),
            list(chain.from_iterable(each.lines for each in loaded)),
            loaded[0].facts,
            noticed,
            offsets=np.concatenate([each.offsets for each in loaded]),
            files=tuple((len(each.records), each.facts) for each in loaded),
        )


def members(chunk: SourceChunk) -> tuple[SourceChunk, ...]:
    """Return the chunks of a group, and any other chunk as it is."""
    return chunk.chunks if isinstance(chunk, ChunkGroup) else (chunk,)


def grouped(chunks: Iterable[tuple[str, SourceChunk]]) -> Iterator[tuple[str, SourceChunk]]:
    """Yield chunks, with the name of their file, so that small ones of consecutive files become one group.

    Names decide where a group ends, so that a new file changes one group, and not all groups that follow.
    """
    group: list[tuple[str, SourceChunk]] = []
    total = 0
    for name, chunk in chunks:
        size = chunk_size(chunk)
        size = size if size is not None and size <= SMALL else None
        if size is None or total + size > CHUNK_BYTES or (group and group[-1][1].file == chunk.file):
            yield from _closed(group)
            group, total = [], 0
        if size is None:
            yield name, chunk
            continue
        group.append((name, chunk))
        total += size
        if len(group) == MOST_CHUNKS or not zlib.crc32(PurePath(name).name.encode("utf-8", "surrogatepass")) % _USUAL:
            yield from _closed(group)
            group, total = [], 0
    yield from _closed(group)


def _closed(group: list[tuple[str, SourceChunk]]) -> Iterator[tuple[str, SourceChunk]]:
    if len(group) < 2:
        yield from group
    else:
        yield group[0][0], ChunkGroup(tuple(chunk for _, chunk in group))


def chunk_size(chunk: SourceChunk) -> int | None:
    """Return the bytes that a chunk reads; None if it has none."""
    region = getattr(chunk, "region", None)
    size = region.stop - region.start if region is not None else len(getattr(chunk, "data", b""))
    return size or None

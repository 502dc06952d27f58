"""Executors: the protocol, and the one that maps chunks in this process."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from datalint.support.named_tuple import NamedTuple

if TYPE_CHECKING:
    from datalint.engine.execute.chunk_cache import ChunkCache
    from datalint.engine.map.mapper import Mapper, Partial
    from datalint.sources.base import SourceChunk


class Mapped(NamedTuple):
    """The partial result of a chunk, and its records if this process mapped it."""

    partial: Partial
    records: Sequence[dict[str, Any]] | None = None


#: Chunks with the name of their file.
Chunks = Iterator[tuple[str, "SourceChunk"]]


class Executor(Protocol):
    """Maps the chunks of a split according to a plan."""

    def map(self, chunks: Chunks) -> Iterator[Mapped]:
        """Yield the partial result of each chunk in order."""
        ...


class Inline:
    """Maps chunks in this process.

    ``keep_texts`` returns the texts that near-duplicates compare instead of their sketches. It is for few chunks.
    """

    def __init__(self, mapper: Mapper, cache: ChunkCache | None = None, *, keep_texts: bool = False) -> None:
        self._mapper = mapper
        self._cache = cache
        self._keep_texts = keep_texts

    def map(self, chunks: Chunks) -> Iterator[Mapped]:
        """Yield the partial result of each chunk in order."""
        for _, chunk in chunks:
            yield self.one(chunk)

    def one(self, chunk: SourceChunk) -> Mapped:
        """Return the partial result of a chunk."""
        if self._cache is not None:
            return Mapped(*self._cache.map(chunk, self._mapper))
        raw = self._mapper.load(chunk)
        return Mapped(self._mapper(raw, keep_texts=self._keep_texts), raw.records)

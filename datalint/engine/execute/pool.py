"""Chunks mapped in order, by this process or, where there are many, by several."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from datalint.engine.execute.chunk_cache import ChunkCache
    from datalint.engine.map.mapper import Mapper, Partial
    from datalint.sources.base import Chunk

#: Chunks from which starting a worker pays: it costs what a chunk costs.
LEAST_CHUNKS: Final = 4


def map_chunks(
    chunks: Iterator[tuple[str, Chunk]], mapper: Mapper, *, rules: bool, jobs: int, cache: ChunkCache | None = None
) -> Iterator[tuple[Partial, Sequence[dict[str, Any]] | None]]:
    """Yield each chunk's partial in order, with its records where this process mapped it alone.

    ``chunks`` come with the name of their file. With ``jobs`` 1, or few chunks to map, no process is started. Of
    many chunks, those that ``cache`` knows are recalled by this process alone until one comes that it does not know.

    Raises:
        DatalintError: when a worker dies; the message names it, its chunk and how it ended.
    """
    first = list(islice(chunks, LEAST_CHUNKS))
    mapper.keep_texts = len(first) < LEAST_CHUNKS
    waiting = chain(first, chunks)
    if mapper.keep_texts:
        cache = None
    elif cache is not None:
        first = []
        for item in waiting:
            known = cache.recall(item[1], rules=rules)
            if known is None:
                first = [item, *islice(waiting, LEAST_CHUNKS - 1)]
                waiting = chain(first, waiting)
                break
            yield known, None
    if jobs == 1 or len(first) < LEAST_CHUNKS:
        for _, chunk in waiting:
            yield map_one(chunk, mapper, cache, rules=rules)
        return
    from datalint.engine.execute.workers import Pool

    with Pool(mapper, cache, rules=rules, workers=jobs - 1) as pool:
        for partial in pool.run(waiting):
            yield partial, None


def map_one(
    chunk: Chunk, mapper: Mapper, cache: ChunkCache | None, *, rules: bool
) -> tuple[Partial, Sequence[dict[str, Any]] | None]:
    """Return what a chunk comes to, and its records where they were read."""
    if cache is not None:
        return cache.map(chunk, mapper, rules=rules)
    raw = mapper.load(chunk)
    return mapper(raw, rules=rules), raw.records

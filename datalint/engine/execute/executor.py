"""Chooses an executor for the chunks of a run: this process, several, or Ray. All return the same results in order."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Final

from datalint.engine.execute.inline import Chunks, Executor, Inline, Mapped
from datalint.support.named_tuple import NamedTuple

if TYPE_CHECKING:
    from datalint.engine.execute.chunk_cache import ChunkCache
    from datalint.engine.execute.ray_tasks import RayTasks
    from datalint.engine.execute.usage import Usage
    from datalint.engine.map.mapper import Mapper
    from datalint.sources.base import SourceChunk

#: The number of chunks from which a worker is worth starting: starting one takes as long as mapping a chunk.
LEAST_CHUNKS: Final = 4


class Engine(NamedTuple):
    """The place where chunks are mapped: processes on this machine or, with the ``name`` ``ray``, tasks of Ray.

    ``address`` is that of the Ray cluster; None starts Ray on this machine. ``usage`` counts the resources that tasks
    use.
    """

    name: str = "auto"
    address: str | None = None
    usage: Usage | None = None


class Processes:
    """Maps chunks in this process and in ``workers`` other processes.

    Raises:
        DatalintError: if a worker dies; the message says which one, with its chunk and exit status.
    """

    def __init__(self, mapper: Mapper, cache: ChunkCache | None, workers: int) -> None:
        self._mapper = mapper
        self._cache = cache
        self._workers = workers

    def map(self, chunks: Chunks) -> Iterator[Mapped]:
        """Yield the partial result of each chunk in order."""
        from datalint.engine.execute.workers import Pool

        with Pool(self._mapper, self._cache, workers=self._workers) as pool:
            yield from map(Mapped, pool.run(chunks))


def map_chunks(
    chunks: Chunks, mapper: Mapper, *, jobs: int, cache: ChunkCache | None = None, engine: Engine | None = None
) -> Iterator[Mapped]:
    """Yield the partial result of each chunk in order, with an executor that suits their number.

    With ``jobs`` 1 or few chunks, no process is started. Otherwise this process first loads chunks from ``cache``, and
    starts workers at the first chunk that is not cached.
    """
    first = deque(islice(chunks, LEAST_CHUNKS))
    if len(first) < LEAST_CHUNKS:
        yield from Inline(mapper, keep_texts=True).map(_one_by_one(first, chunks))
        return
    if cache is not None:
        waiting = _one_by_one(first, chunks)
        for item in waiting:
            known = cache.recall(item[1])
            if known is None:
                first = deque([item, *islice(waiting, LEAST_CHUNKS - 1)])
                break
            yield Mapped(known)
    alone = jobs == 1 or len(first) < LEAST_CHUNKS
    executor: Executor = Inline(mapper, cache) if alone else Processes(mapper, cache, jobs - 1)
    tasks = tasks_of(engine, jobs)
    if tasks is not None and first:
        executor = tasks.mapping(mapper, cache)
    yield from executor.map(_one_by_one(first, chunks))


def tasks_of(engine: Engine | None, jobs: int) -> RayTasks | None:
    """Return the task runner of an engine; None if the engine is processes on this machine."""
    if engine is None or engine.name != "ray":
        return None
    from datalint.engine.execute.ray_tasks import RayTasks

    return RayTasks(engine.address, jobs, engine.usage)


def _one_by_one(first: deque[tuple[str, SourceChunk]], rest: Chunks) -> Chunks:
    """Yield all chunks, and keep none of them: they contain their bytes."""
    while first:
        yield first.popleft()
    yield from rest

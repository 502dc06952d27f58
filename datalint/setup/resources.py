"""What a run may use: memory and disk for its rows, and chunks of earlier runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from datalint.sources.base import CHUNK_BYTES

if TYPE_CHECKING:
    from datalint.cache.store import Store
    from datalint.config.model import Settings
    from datalint.engine.execute.chunk_cache import ChunkCache
    from datalint.engine.execute.spill import Spill
    from datalint.engine.plan import Plan
    from datalint.sources import Source

#: Bytes of a chunk of a large file: each has a cost of its own, a sixth of that of 8 MiB of rows of a kilobyte. Chunks
#: that are larger still take more memory than they save time.
_LARGE_CHUNK: Final = 2 * CHUNK_BYTES
#: Such chunks for each process from which on a file is large: fewer may leave a process without one at the end.
_CHUNKS_EACH: Final = 8


def in_large_chunks(settings: Settings, sources: Sequence[Source], *, jobs: int) -> list[Source]:
    """Return the sources, large files with larger chunks unless the memory of the run is limited."""
    if settings.memory_limit is not None:
        return list(sources)
    return [_in_large_chunks(each, jobs) for each in sources]


def _in_large_chunks(source: Source, jobs: int) -> Source:
    content = getattr(source, "content", None)
    if content is None or getattr(source, "chunk_bytes", None) != CHUNK_BYTES:
        return source
    is_large = content.size >= _CHUNKS_EACH * _LARGE_CHUNK * jobs
    return replace(source, chunk_bytes=_LARGE_CHUNK) if is_large else source  # type: ignore[type-var]


def find_spill(
    settings: Settings,
    sources: Sequence[Source],
    evaluation: Sequence[Source],
    plan: Plan,
    *,
    jobs: int,
    folder: str | None = None,
) -> Spill:
    """Return where a run stores rows: in memory, or in files in ``folder``.

    Raises:
        DatalintError: for a run that is expected to take more than the memory limit of the settings even with files.
    """
    if settings.memory_limit is not None:
        from datalint.engine.execute.memory import spill_under

        return spill_under(settings.memory_limit, sources, evaluation, plan, jobs=jobs, folder=folder)
    from datalint.engine.execute.spill import Spill

    return Spill.automatic(folder)


def refuse_over_limit(
    settings: Settings, sources: Sequence[Source], evaluation: Sequence[Source], plan: Plan, *, jobs: int
) -> None:
    """Refuse a run with all rows in memory that is expected to take more than the memory limit of the settings.

    Raises:
        DatalintError: with the estimate and the remedies.
    """
    if settings.memory_limit is not None:
        from datalint.engine.execute.memory import refuse_over

        refuse_over(settings.memory_limit, sources, evaluation, plan, jobs=jobs)


def cached_chunks(cache: tuple[Store, bytes] | None, plan: Plan) -> ChunkCache | None:
    """Return the cache of chunks that were mapped by a plan; None without a store."""
    if cache is None:
        return None
    from datalint.engine.execute.chunk_cache import ChunkCache

    return ChunkCache.of(cache[0], plan, cache[1])

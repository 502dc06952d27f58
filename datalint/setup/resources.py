"""What a run may use: memory and disk for its rows, and chunks of earlier runs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datalint.cache.store import Store
    from datalint.config.model import Settings
    from datalint.engine.execute.chunk_cache import ChunkCache
    from datalint.engine.execute.spill import Spill
    from datalint.engine.plan import Plan
    from datalint.sources import Source


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

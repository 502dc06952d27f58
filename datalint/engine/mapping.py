"""Maps the sources of a split and merges the results."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import polars as pl

from datalint.core.rule import Scope
from datalint.engine.execute.executor import Engine, map_chunks
from datalint.engine.execute.spill import Spill
from datalint.engine.map.hits import INTERNAL_ERROR, HitTable, internal_error
from datalint.engine.map.mapper import Mapper
from datalint.engine.plan import Plan
from datalint.engine.reduce.merge import Merged, Merger
from datalint.sources.base import has_numbers, refuse_changed
from datalint.sources.grouping import grouped, members
from datalint.sources.hashing import Hashing

if TYPE_CHECKING:
    from datalint.cache.store import Store
    from datalint.engine.execute.chunk_cache import ChunkCache
    from datalint.sources import Source, SourceChunk

#: Characters of text up to which the records of a split are kept for the reduce half instead of being read again.
_KEPT_CHARS: Final = 16_000_000

Progress = Callable[[int], None]


def bytes_each(sources: Sequence[Source], jobs: int) -> int | None:
    """Return the bytes that each process will map; None if one of the files is a table or a stream."""
    sizes = [source.content.size if hasattr(source, "content") else None for source in sources]
    return None if None in sizes else sum(filter(None, sizes)) // jobs


def map_evaluation(
    sources: Sequence[Source],
    mapper: Mapper,
    progress: Progress | None,
    *,
    jobs: int,
    cache: ChunkCache | None,
    spill: Spill | None = None,
    engine: Engine | None = None,
) -> Merged:
    """Map an evaluation set: only its keys and sketches are needed."""
    cache = None if cache is None else cache.without_rules()
    return map_sources(sources, mapper.without_rules(), progress, jobs=jobs, cache=cache, spill=spill, engine=engine)


def map_within(
    sources: Sequence[Source],
    mapper: Mapper,
    *,
    jobs: int,
    cache: tuple[Store, bytes] | None,
    memory_limit: int | None,
) -> Merged:
    """Map sources, and put rows that need more than ``memory_limit`` bytes into files.

    ``cache`` is where chunks are kept between runs, and the identity of the code.

    Raises:
        DatalintError: for a run that needs more even so.
    """
    from datalint.engine.execute.chunk_cache import ChunkCache

    spill = None
    if memory_limit is not None:
        from datalint.engine.execute.memory import spill_under

        spill = spill_under(memory_limit, sources, (), mapper.plan, jobs=jobs)
    chunks = None if cache is None else ChunkCache.of(cache[0], mapper.plan, cache[1])
    return map_sources(sources, mapper, None, jobs=jobs, cache=chunks, spill=spill)


def map_sources(
    sources: Sequence[Source],
    mapper: Mapper,
    progress: Progress | None,
    *,
    jobs: int = 1,
    cache: ChunkCache | None = None,
    spill: Spill | None = None,
    engine: Engine | None = None,
) -> Merged:
    """Map every chunk and merge the results.

    ``spill`` decides whether the rows are in memory or in files; by default, they may take half of the free memory.
    ``engine`` maps them; by default, processes of this machine do.
    """
    files: list[tuple[int, ...]] = []
    merger = Merger(mapper.plan, spill or Spill.automatic())
    kept: list[Sequence[dict[str, Any]]] | None = []
    done = chars = 0

    def chunks() -> Iterator[tuple[str, SourceChunk]]:
        pieces = ((source.path, chunk) for number, source in enumerate(sources) for chunk in source.chunks(number))
        for name, chunk in grouped(hashing.watch(pieces)):
            files.append(tuple(member.file for member in members(chunk)))
            yield name, chunk

    with Hashing(sources) as hashing:
        for turn, (partial, records) in enumerate(map_chunks(chunks(), mapper, jobs=jobs, cache=cache, engine=engine)):
            merger.add(files[turn], partial)
            chars += sum(int(partial.examples[name].sum()) for name in ("prompt_chars", "response_chars"))
            if kept is not None and records is not None and chars <= _KEPT_CHARS:
                kept.append(records)  # may still be bytes, which are parsed only if all records are kept
            else:
                kept = None
            if progress is not None:
                done += partial.size
                progress(done)
    merged = merger.finish(hashing.facts())
    refuse_changed(sources)
    merged.kept = None if kept is None else [*chain.from_iterable(kept)]
    _complete(merged, mapper)
    return merged


def _complete(merged: Merged, mapper: Mapper) -> None:
    """Add the hits on files, and the numbers of rows; without rows, all columns."""
    found = (merged.hits, _file_hits(merged, mapper.plan))
    merged.hits = pl.concat([frame for frame in found if frame.width], how="diagonal")
    if merged.examples.height:
        merged.examples = merged.examples.hstack([pl.Series("i", np.arange(merged.examples.height, dtype=np.int64))])
    else:
        merged.examples = mapper.empty()


def _file_hits(merged: Merged, plan: Plan) -> pl.DataFrame:
    """Run file rules, and pass the problems of refused rows to the record rules that report them."""
    table = HitTable(merged.examples.height)
    numbers: list[int] = []
    starts = _starts(merged)
    rules = plan.of(Scope.FILE, Scope.RECORD)
    for number, facts in enumerate(merged.files):
        seen = {problem.rule for problem in facts.problems}
        for index, active in rules:
            try:
                if active.rule.scope is Scope.FILE:
                    hits = list(active.rule.function(facts, active.options))
                elif active.rule.name in seen:
                    hits = list(facts.seen(active.rule.name))
                else:
                    continue
                numbered = has_numbers(facts.container)
                for hit in hits:
                    at = None if hit.row is None else starts[number] + hit.row - 1
                    if numbered and hit.row is None:
                        # Fixes do not change sheets, and write none of these rows.
                        hit = replace(hit, line=None, row=hit.line, fixable=False)
                    table.add(index, hit, at=at)
            except Exception as error:
                table.add(INTERNAL_ERROR, internal_error(active, error))
            numbers += [number] * (len(table) - len(numbers))
    return table.frame().hstack([pl.Series("file", numbers, dtype=pl.Int64)])


def _starts(merged: Merged) -> list[int]:
    counts = Counter(merged.examples["file"].to_list()) if merged.examples.height else Counter()
    starts = [0]
    for number in range(len(merged.files)):
        starts.append(starts[-1] + counts[number])
    return starts

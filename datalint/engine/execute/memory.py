"""Estimate of a run's memory from its first chunks, so that rows go to files, or a run is refused before it starts."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from datalint.core.errors import DatalintError
from datalint.engine.execute.executor import LEAST_CHUNKS
from datalint.engine.execute.spill import REDUCED, Spill
from datalint.engine.map.mapper import Mapper
from datalint.neardup.compiled.dispatch import footprint
from datalint.sources.base import CHUNK_BYTES
from datalint.sources.readers.oversized import OversizedLine

if TYPE_CHECKING:
    from datalint.engine.plan import Plan
    from datalint.sources import Source

# Measured by benchmarks/memory.py, which prints the estimate next to the actual peak.
#: Bytes of a process after its imports, before its first chunk.
PROCESS: Final = 110 << 20
#: Bytes that mapping takes for each byte of the largest chunk and for each of its rows; the allocator keeps most of
#: them.
PER_BYTE: Final = 15.0
PER_ROW: Final = 900.0
#: Bytes that mapping takes for each byte of one long row, which is more than a chunk.
PER_LONG: Final = 8.0
#: Bytes that the parent takes for each byte of a partial result while it maps.
MAPPED: Final = 1.8
#: The same while it merges and searches, for findings; by then the other processes have ended.
REPORTED: Final = 4.5
# The same for a run with rows in files. Pages of files, also those of libraries, do not count: they are given back when
# memory is needed. ``benchmarks/memory.py --max-memory`` measures the rest.
#: Share of the memory of a process and its compiled code that no file backs.
ANONYMOUS: Final = 0.4
#: What mapping takes beyond one chunk, as chunks differ.
VARIED: Final = 1.3
#: Bytes that the parent takes to write rows to files while it maps, and to search them.
WRITING: Final = 110 << 20
SEARCHING: Final = 40 << 20
#: Bytes for each byte of rows in files that measurements of rules take while it maps, and all arrays while it searches.
MEASURED: Final = 0.1
SPILLED: Final = 0.55
#: The most files whose first chunk is mapped; the rest are estimated by their size.
_SAMPLED: Final = 32


@dataclass(frozen=True, slots=True)
class Sample:
    """Figures of the first chunk of a source, and what they imply for the whole source.

    ``chunk_bytes`` and ``chunk_rows`` describe the chunk; ``held`` and ``found`` are the bytes of rows and of findings
    in the partial results of all chunks.
    """

    rows: int
    chunks: int
    chunk_bytes: int
    chunk_rows: int
    held: float
    found: float


@dataclass(frozen=True, slots=True)
class Estimate:
    """The expected peak memory of a run in bytes, and the figures it was computed from."""

    rows: int
    processes: int
    bytes: int


def estimate_peak(samples: Sequence[Sample], jobs: int, *, spilled: bool = False) -> Estimate:
    """Return the expected peak of a run with ``jobs`` processes over the sampled sources; ``spilled`` puts rows in
    files."""
    processes = jobs if sum(each.chunks for each in samples) >= LEAST_CHUNKS else 1
    working = max((_mapping(each.chunk_bytes) + PER_ROW * each.chunk_rows for each in samples), default=0.0)
    size = sum(each.chunks * each.chunk_bytes for each in samples)
    process = float(PROCESS + footprint(size // max(1, processes)))
    held, found = sum(each.held for each in samples), sum(each.found for each in samples)
    if spilled:
        process = ANONYMOUS * process + VARIED * working
        mapping = processes * process + WRITING + MEASURED * held + MAPPED * found
        reducing = process + SEARCHING + SPILLED * held + REPORTED * found
    else:
        process += working
        mapping = processes * process + MAPPED * (held + found)
        reducing = process + REDUCED * held + REPORTED * found
    return Estimate(sum(each.rows for each in samples), processes, int(max(mapping, reducing)))


def _mapping(size: int) -> float:
    """Return the bytes that mapping a chunk of this size takes; a chunk far over the usual size is one long row."""
    usual = min(size, 2 * CHUNK_BYTES)
    return PER_BYTE * usual + PER_LONG * (size - usual)


def sample(source: Source, mapper: Mapper, *, limit: float = math.inf) -> Sample:
    """Map the first chunk of a source and extrapolate to the whole source.

    The size of a text file is known; the rows of a table are counted in one pass. A row that needs more than ``limit``
    by itself is not read.
    """
    chunks = source.chunks(0)
    first = next((chunk for chunk in chunks if not isinstance(chunk, OversizedLine)), None)
    if first is None:
        return Sample(0, 0, 0, 0, 0.0, 0.0)
    region = getattr(first, "region", None)
    size = 0 if region is None else region.stop - region.start
    if size > 2 * CHUNK_BYTES and PROCESS + _mapping(size) > limit:
        return Sample(1, 1, size, 1, 0.0, 0.0)
    raw = first.load()
    count = len(raw.records)
    partial = mapper(raw)
    content = getattr(source, "content", None)
    if content is not None:
        times = max(1.0, content.size / max(1, raw.facts.size))
    else:
        times = 1.0 + sum(getattr(chunk, "count", count) for chunk in chunks) / max(1, count)
    held = float(partial.examples.estimated_size())
    if partial.sketches is not None:
        held += partial.sketches.signatures.nbytes + partial.sketches.sizes.nbytes
    return Sample(
        rows=round(count * times),
        chunks=math.ceil(times),
        chunk_bytes=raw.facts.size,
        chunk_rows=count,
        held=held * times,
        found=partial.hits.estimated_size() * times,
    )


def samples_of(sources: Sequence[Source], mapper: Mapper, *, limit: float = math.inf) -> list[Sample]:
    """Return the samples of all sources; of many files, the largest are sampled and the rest extrapolated from them."""
    sizes = [content.size if (content := getattr(each, "content", None)) is not None else None for each in sources]
    ranked = sorted(range(len(sources)), key=lambda place: -(sizes[place] or 0))
    chosen = [place for place in ranked if sizes[place] is None]
    chosen += [place for place in ranked if sizes[place] is not None][:_SAMPLED]
    found = [sample(sources[place], mapper, limit=limit) for place in sorted(chosen)]
    seen = sum(sizes[place] or 0 for place in chosen)
    times = (sum(filter(None, sizes)) - seen) / seen if seen else 0
    if times > 0:
        rows, chunks = (sum(getattr(each, name) for each in found) for name in ("rows", "chunks"))
        held, hits = sum(each.held for each in found), sum(each.found for each in found)
        found.append(Sample(round(rows * times), math.ceil(chunks * times), 0, 0, held * times, hits * times))
    return found


def spill_under(
    limit: int,
    sources: Sequence[Source],
    evaluation: Sequence[Source],
    plan: Plan,
    *,
    jobs: int,
    folder: str | None = None,
) -> Spill:
    """Return where rows are stored in a run that takes at most ``limit`` bytes: in memory, or in files in ``folder``.

    Raises:
        DatalintError: for a run that is expected to take more even so, with the estimate and the remedies.
    """
    samples = _samples(limit, sources, evaluation, plan)
    if (needed := estimate_peak(samples, jobs).bytes) <= limit:
        held = sum(each.held for each in samples)
        # The estimate may be wrong, so rows that take more than expected go to files.
        return Spill(held + (limit - needed) / REDUCED, folder)
    _refuse_over(limit, samples, jobs, spilled=True)
    return Spill(0, folder)


def refuse_over(limit: int, sources: Sequence[Source], evaluation: Sequence[Source], plan: Plan, *, jobs: int) -> None:
    """Refuse a run with all rows in memory that is expected to take more than ``limit`` bytes.

    Raises:
        DatalintError: with the estimate and the remedies.
    """
    _refuse_over(limit, _samples(limit, sources, evaluation, plan), jobs, spilled=False)


def _samples(limit: int, sources: Sequence[Source], evaluation: Sequence[Source], plan: Plan) -> list[Sample]:
    mapper = Mapper(plan)
    samples = samples_of(sources, mapper, limit=limit)
    return samples + samples_of(evaluation, mapper.without_rules(), limit=limit)


def _refuse_over(limit: int, samples: Sequence[Sample], jobs: int, *, spilled: bool) -> None:
    needed = estimate_peak(samples, jobs, spilled=spilled)
    if needed.bytes <= limit:
        return
    fewer = (n for n in range(needed.processes - 1, 0, -1) if estimate_peak(samples, n, spilled=spilled).bytes <= limit)
    jobs = next(fewer, 0)
    rows = "about 1 row" if needed.rows == 1 else f"about {needed.rows:,} rows"
    raise DatalintError(
        f"{rows} with {_processes(needed.processes)} need about {_words(needed.bytes)} of memory, "
        f"over the limit of {_exactly(limit)}; "
        + (f"give --jobs {jobs}, or " if jobs else "")
        + "raise --max-memory, or check parts of the data on their own"
    )


def _processes(count: int) -> str:
    return "1 process" if count == 1 else f"{count} processes"


def _words(size: float) -> str:
    """Return a size as text, rounded to the precision of the estimate."""
    return f"{size / 1e9:.1f} GB" if size >= 1e9 else f"{max(1, round(size / 1e7)) * 10} MB"


def _exactly(size: float) -> str:
    return f"{size / 1e9:.4g} GB" if size >= 1e9 else f"{size / 1e6:.4g} MB"

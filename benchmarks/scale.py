"""Measures the reduce half alone, on synthetic results of the map half, and predicts whole runs of many rows.

    python benchmarks/scale.py                                     some minutes
    python benchmarks/scale.py --rows 1000000 10000000 --in-memory

A few chunks are mapped. Their partial results are repeated with other hashes and sketches, so that rows of different
repetitions share nothing; about two in a hundred rows are near-duplicates or copies of another, as in the file that was
mapped. What is measured is seconds of CPU and memory that no file backs, with rows in files unless ``--in-memory``.
"""

from __future__ import annotations

import re
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import make_data
import numpy as np
import polars as pl
from running import Table, mebibytes, parser

from datalint.config.gates import load_gates
from datalint.config.load import load_settings
from datalint.core.registry import Registry
from datalint.engine.execute.row_reader import Reader
from datalint.engine.execute.spill import Spill
from datalint.engine.map.mapper import Mapper, Partial
from datalint.engine.plan import Plan
from datalint.engine.reduce.acceptances import marks_of
from datalint.engine.reduce.measures import Measures
from datalint.engine.reduce.merge import Merged, Merger
from datalint.engine.reduce.outcome import conclude
from datalint.engine.reduce.placing import place_hits
from datalint.engine.reduce.suppress import suppress
from datalint.engine.run import reduce_rows
from datalint.neardup import Sketches
from datalint.records.record import FileFacts
from datalint.report.json_report import to_json
from datalint.setup.plan import make_plan
from datalint.sources import open_sources
from datalint.support import compiler

#: Rows that are mapped, and repeated.
TEMPLATE: Final = 20_000
HASHES: Final = ("exact", "normalized", "context", "answer", "template", "templated", "response_hash", "prompt_hash")
#: Rows and bytes of the run that is predicted, and the cores of the machine.
PREDICTED: Final = 1_000_000_000
ROW_BYTES: Final = 930
CORES: Final = 16
_SAMPLE: Final = 0.02


class Repeated:
    """A file whose rows are those of a template, again and again."""

    path = "rows.jsonl"
    container = "jsonl"

    def __init__(self, records: Sequence[dict[str, Any]]) -> None:
        self._records = records

    def fetch(self, rows: Sequence[int], offsets: Sequence[int] | None = None) -> list[dict[str, Any]]:
        """Return records by their numbers."""
        return [self._records[row % len(self._records)] for row in rows]

    def facts(self) -> FileFacts:
        """Return nothing about the file as a whole."""
        return FileFacts(self.path)


class Watch:
    """Seconds of CPU and the peak of anonymous memory of each stage."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.peaks: dict[str, int] = {}
        self._stage = ""
        threading.Thread(target=self._sample, daemon=True).start()

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Measure what is done in the context."""
        started = time.process_time()
        self._stage, self.peaks[name] = name, anonymous()
        yield
        self.peaks[name] = max(self.peaks[name], anonymous())
        self.seconds[name] = self.seconds.get(name, 0.0) + time.process_time() - started

    def _sample(self) -> None:
        while True:
            time.sleep(_SAMPLE)
            if self._stage:
                self.peaks[self._stage] = max(self.peaks[self._stage], anonymous())


def anonymous() -> int:
    """Return the bytes of this process that no file backs."""
    return int(re.findall(r"RssAnon:\s+(\d+)", Path("/proc/self/status").read_text())[0]) * 1024


def template(plan: Plan) -> tuple[list[Partial], list[dict[str, Any]]]:
    """Map a few rows."""
    with tempfile.TemporaryDirectory() as folder:
        [source] = open_sources([str(make_data.write(Path(folder) / "rows.jsonl", TEMPLATE))], chunk_bytes=4 << 20)
        mapper = Mapper(plan, compiler.WORTH)
        loaded = [mapper.load(chunk) for chunk in source.chunks(0)]
        return [mapper(each) for each in loaded], [record for each in loaded for record in each.records]


def other(partial: Partial, rng: np.random.Generator) -> Partial:
    """Return a partial result of rows that are to each other as those of another, and share nothing with them."""
    marks = rng.integers(1, 1 << 63, len(HASHES), np.uint64)
    hashes = [(pl.col(name) ^ pl.lit(mark, pl.UInt64)).alias(name) for name, mark in zip(HASHES, marks, strict=True)]
    sketches = partial.sketches
    if sketches is not None:
        bins = rng.integers(0, 1 << 16, sketches.signatures.shape[1], np.uint16)
        sketches = Sketches(sketches.signatures ^ bins, sketches.sizes)
    return replace(partial, examples=partial.examples.with_columns(hashes), sketches=sketches)


def merged(partials: Sequence[Partial], plan: Plan, rows: int, spill: Spill, watch: Watch) -> Merged:
    """Merge repetitions of ``partials`` until there are ``rows``."""
    rng = np.random.default_rng(0)
    merger, done = Merger(plan, spill), 0
    while done < rows:
        for partial in partials:
            repeated = other(partial, rng)
            with watch.stage("merge"):
                merger.add([0], repeated)
            done += partial.examples.height
    with watch.stage("join columns"):
        found = merger.finish([FileFacts(Repeated.path)])
        found.examples = found.examples.with_columns(pl.int_range(pl.len(), dtype=pl.Int64).alias("i"))
    return found


def reduce(rows: int, *, in_memory: bool) -> tuple[Watch, int]:
    """Run the reduce half over ``rows`` rows; return what each stage took, and the bytes of rows."""
    registry = Registry.default()
    settings = load_settings(registry=registry, isolated=True)
    plan, gates = make_plan(settings, registry), list(load_gates(settings).values())
    partials, records = template(plan)
    spill = Spill() if in_memory else Spill(0)
    watch = Watch()
    watch.peaks["start"] = anonymous()
    training = merged(partials, plan, rows, spill, watch)
    mapper = Mapper(plan, compiler.WORTH)
    reader = Reader([Repeated(records)], training.examples, mapper.detector, kernels=mapper.kernels)  # type: ignore[list-item]
    with watch.stage("place findings"):
        hits = place_hits(training.hits, plan.rules, training.examples)
    with (
        timed("datalint.engine.run", "analyse", "analyses and near-duplicates", watch),
        timed("datalint.engine.run", "run_dataset_rules", "dataset rules", watch),
    ):
        found = reduce_rows(training, None, (reader, None), plan, "sft", hits, gates)
    with watch.stage("verdict and findings"):
        marks = marks_of(training.accepted, training.examples, "", None)
        left = suppress(pl.concat([hits, found.hits], how="diagonal"), plan.rules, [Repeated.path], marks=marks)
        measures = Measures(found.facts.suppressed(left.kept, {}))
        parts = (found.dataset, left, marks, measures, training, None, plan, gates, found.missing)
        outcome = conclude(*parts, thresholds=None)
    with watch.stage("report"):
        to_json(outcome)
    return watch, spill.held


@contextmanager
def timed(module: str, name: str, stage: str, watch: Watch) -> Iterator[None]:
    """Measure a function of a module as a stage while the context lasts."""
    from importlib import import_module

    place = import_module(module)
    function: Callable[..., Any] = getattr(place, name)

    def measured(*given: Any, **named: Any) -> Any:
        with watch.stage(stage):
            return function(*given, **named)

    setattr(place, name, measured)
    try:
        yield
    finally:
        setattr(place, name, function)


def main() -> None:
    """Measure, and print the table."""
    arguments = parser(__doc__)
    arguments.add_argument("--rows", type=int, nargs="+", default=[250_000, 1_000_000])
    arguments.add_argument("--in-memory", action="store_true", help="keep rows in memory")
    arguments.add_argument("--map", type=float, default=20.0, help="microseconds of CPU that mapping a row takes")
    given = arguments.parse_args()
    table = Table("rows", "stage", "microseconds a row", "peak", "bytes a row", right=3)
    for rows in given.rows:
        watch, held = reduce(rows, in_memory=given.in_memory)
        for stage, seconds in watch.seconds.items():
            peak = watch.peaks[stage] - watch.peaks["start"]
            table.add(
                f"{rows:,}", stage, f"{1e6 * seconds / rows:.2f}", mebibytes(watch.peaks[stage]), f"{peak / rows:.0f}"
            )
    spent = sum(watch.seconds.values()) / rows
    size, hours = held / rows, PREDICTED * (given.map * 1e-6 / CORES + spent) / 3600
    table.say("")
    table.say(
        f"- {PREDICTED:,} rows of {ROW_BYTES} bytes on a machine of {CORES} cores, at {given.map:g} µs of CPU to map a "
        f"row and {1e6 * spent:.1f} µs to reduce it, take about {hours:.1f} hours and at most "
        f"{PREDICTED * 2 * size / 1e9:,.0f} GB of disk in addition to the data"
    )
    table.end(docs=given.docs)


if __name__ == "__main__":
    main()

"""One run: sources in, outcome out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypedDict, Unpack

import polars as pl

from datalint.checkout.confine import ANYWHERE, Confinement
from datalint.core.finding import Factor, Severity
from datalint.core.findings import Findings
from datalint.core.results import Outcome
from datalint.engine.execute.executor import Engine, tasks_of
from datalint.engine.execute.row_reader import Reader
from datalint.engine.execute.spill import Spill
from datalint.engine.map.mapper import Mapper
from datalint.engine.mapping import Progress, bytes_each, map_evaluation, map_sources
from datalint.engine.plan import Plan
from datalint.engine.reduce.acceptances import AcceptedMarks, Since, marks_of
from datalint.engine.reduce.analyse import analyse
from datalint.engine.reduce.dataset_rules import run_dataset_rules
from datalint.engine.reduce.duplicates.repeats import sweep_thresholds
from datalint.engine.reduce.measures import Facts, Measures
from datalint.engine.reduce.measures.registry import flagged_rows
from datalint.engine.reduce.merge import Merged
from datalint.engine.reduce.missing_keys import refuse_missing, refuse_textless
from datalint.engine.reduce.numbered_rows import kept_files
from datalint.engine.reduce.other_sides import without_removals
from datalint.engine.reduce.outcome import conclude, place_findings
from datalint.engine.reduce.placing import place_hits
from datalint.engine.reduce.policies import merge_policies
from datalint.engine.reduce.suppress import Baseline, Ignored, Suppressed, is_silenced, suppress, without
from datalint.records.category import Category
from datalint.records.dataset import Dataset
from datalint.shapes.detect import UNKNOWN
from datalint.sources.base import refuse_changed
from datalint.sources.local_files import LocalFiles
from datalint.sources.splits import with_lists
from datalint.support.days import today as current_day
from datalint.support.named_tuple import NamedTuple
from datalint.verdict.kind_signs import find_kind
from datalint.verdict.lenient_factors import eased_factors

if TYPE_CHECKING:
    from datalint.config.gates import Gate
    from datalint.core.kind import Kind
    from datalint.engine.execute.chunk_cache import ChunkCache
    from datalint.sources import Source


class Examined(NamedTuple):
    """A run with the data that it was judged from, for code that compares runs or inspects one."""

    outcome: Outcome
    dataset: Dataset
    training: Merged
    reader: Reader
    plan: Plan


class FoundHits(NamedTuple):
    """The findings of a plan's rules in a dataset, before gates judge it.

    ``left`` are the hits that count and those that are accepted, ``marks`` the acceptances in rows.
    """

    dataset: Dataset
    facts: Facts
    missing: dict[str, str]
    left: Suppressed
    marks: AcceptedMarks
    training: Merged
    held: Merged | None
    reader: Reader
    nearby: LocalFiles

    @property
    def findings(self) -> Findings:
        """The hits that count, as findings."""
        return place_findings(self.left.kept, self.training, self.held)


class ExamineOptions(TypedDict, total=False):
    """Options of :func:`find_hits` and of the functions that call it."""

    ignored: Ignored | None
    baseline: Baseline | None
    progress: Progress | None
    stage: Callable[[str], None] | None
    jobs: int
    cache: ChunkCache | None
    keep_sketches: bool
    check_keys: bool
    confine: Confinement
    benchmarks: Sequence[Source]
    spill: Spill | None
    engine: Engine | None
    since: Since | None
    today: str | None


def examine(
    sources: Sequence[Source],
    evaluation: Sequence[Source],
    plan: Plan,
    gates: Sequence[Gate],
    *,
    charts: bool = False,
    **options: Unpack[ExamineOptions],
) -> Examined:
    """Lint and judge ``sources``; also return the data that they were judged from.

    ``charts`` collects the data of a report's charts. For the other options, see :func:`find_hits`.
    """
    if charts:
        options["keep_sketches"] = True
    found = find_hits(sources, evaluation, plan, gates, **options)
    measures = Measures(found.facts.suppressed(found.left.kept, found.left.covered, gates))
    thresholds = sweep_thresholds(found.training, found.reader, plan.near) if charts else None
    outcome = conclude(
        found.dataset,
        found.left,
        found.marks,
        measures,
        found.training,
        found.held,
        plan,
        gates,
        found.missing,
        thresholds=thresholds,
    )
    looked_for = tuple(sorted(found.nearby.looked_for.items()))
    outcome = replace(outcome, looked_for=looked_for, read_nearby=tuple(sorted(found.nearby.read)))
    return Examined(outcome, found.dataset, found.training, found.reader, plan)


def find_hits(
    sources: Sequence[Source],
    evaluation: Sequence[Source],
    plan: Plan,
    gates: Sequence[Gate],
    *,
    ignored: Ignored | None = None,
    baseline: Baseline | None = None,
    progress: Progress | None = None,
    stage: Callable[[str], None] | None = None,
    jobs: int = 1,
    cache: ChunkCache | None = None,
    keep_sketches: bool = False,
    check_keys: bool = False,
    confine: Confinement = ANYWHERE,
    benchmarks: Sequence[Source] = (),
    spill: Spill | None = None,
    engine: Engine | None = None,
    since: Since | None = None,
    today: str | None = None,
) -> FoundHits:
    """Run the rules of a plan over ``sources``; ``gates`` have the limits that some rules read.

    ``ignored`` returns the codes whose findings don't count in a file, ``baseline`` which findings a baseline covers:
    they are not reported, and gates that count findings ignore them. ``progress`` is called with the number of bytes
    read so far after each chunk, ``stage`` with a description of each step after that. ``jobs`` is the number of
    processes that map chunks; the report is byte-identical for any number. ``cache`` supplies the results of chunks
    that were mapped before. ``keep_sketches`` keeps the sketches in memory for a later search. ``check_keys``
    refuses settings that name a key which no training row has, or a prompt without text in every one. ``confine``
    are the folders in which files that rows name are looked for. ``benchmarks`` are compared with the training
    rows. ``since`` is the state with which acceptances in rows are compared, ``today`` the day (ISO 8601) on which
    they must be valid. ``spill`` decides whether rows are in memory or in files, and ``engine`` where chunks are
    mapped.

    Raises:
        MissingKeyError: for such a key.
    """
    mapper = Mapper(plan, bytes_each(sources, jobs))
    spill = spill or Spill.automatic()
    training = map_sources(sources, mapper, progress, jobs=jobs, cache=cache, spill=spill, engine=engine)
    held = None
    if evaluation:
        held = map_evaluation(evaluation, mapper, progress, jobs=jobs, cache=cache, spill=spill, engine=engine)
    if check_keys:
        refuse_missing(plan, [training])
    training.keep_sketches = keep_sketches
    reader = Reader(sources, training.examples, mapper.detector, training.kept, mapper.kernels, tasks_of(engine, jobs))
    readers = reader, _reader_of_held(evaluation, held, mapper)
    paths = [with_lists(facts.path, facts.held_lists) for facts in training.files]
    kind, kind_words = find_kind(
        plan.kind, training.examples, paths, plan.mapping, reader, alone=held is None, card=plan.evaluation_card
    )
    found = merge_policies(training.hits, plan.rules, training.examples["file"], kind)
    hits = place_hits(found, plan.rules, training.examples)
    compared = map_benchmarks(benchmarks, plan, mapper)
    if stage is not None:
        stage(f"comparing {training.examples.height:,} rows")
    audible = without(hits, is_silenced(hits, plan.rules, paths, ignored))
    nearby = LocalFiles(paths, confine)
    nearby.add(sources, evaluation)
    reduced = reduce_rows(training, held, readers, plan, kind, audible, gates, nearby, compared, kind_words)
    if check_keys:
        refuse_textless(plan, reduced.dataset)
    both = pl.concat([hits, reduced.hits], how="diagonal")
    hits = without_removals(both, plan.rules, kept_files(training.files, nearby))
    if stage is not None:
        stage(f"judging {hits.height:,} findings")
    marks = marks_of(training.accepted, training.examples, today or current_day(), since)
    left = suppress(hits, plan.rules, paths, ignored=ignored, marks=marks, baseline=baseline)
    # Rows that were read again are the ones that were mapped only if their files did not change.
    refuse_changed([*sources, *evaluation])
    return FoundHits(reduced.dataset, reduced.facts, reduced.missing, left, marks, training, held, reader, nearby)


def _reader_of_held(evaluation: Sequence[Source], held: Merged | None, mapper: Mapper) -> Reader | None:
    """Return the reader of the evaluation set; None if there is none."""
    if held is None:
        return None
    return Reader(evaluation, held.examples, mapper.detector.of_evaluation(), held.kept, mapper.kernels)


def map_benchmarks(benchmarks: Sequence[Source], plan: Plan, mapper: Mapper) -> tuple[Merged, Reader] | None:
    """Return the rows of benchmarks and their reader; None if there are none, or no rule needs them."""
    if not benchmarks or "benchmark" not in plan.needs:
        return None
    merged = map_sources(benchmarks, Mapper(replace(plan, rules=(), needs=frozenset())), None)
    return merged, Reader(benchmarks, merged.examples, mapper.detector, merged.kept, mapper.kernels)


class Reduced(NamedTuple):
    """The result of the reduce half: the placed hits of dataset rules, and the data that these rules read."""

    dataset: Dataset
    facts: Facts
    missing: dict[str, str]
    hits: pl.DataFrame


def reduce_rows(
    training: Merged,
    held: Merged | None,
    readers: tuple[Reader, Reader | None],
    plan: Plan,
    kind: Kind,
    hits: pl.DataFrame,
    gates: Sequence[Gate] = (),
    nearby: LocalFiles | None = None,
    benchmarks: tuple[Merged, Reader] | None = None,
    kind_words: str = "",
) -> Reduced:
    """Analyse merged rows and run the dataset rules of the plan.

    ``hits`` are placed hits of the map half. ``nearby`` finds files that rows name; without it no file is looked for.
    ``benchmarks`` are the rows of benchmarks and their reader. ``kind_words`` is a note on what
    decided the kind.
    """
    analyses, missing = analyse(training, held, readers, plan, kind, benchmarks, nearby)
    eased = eased_factors(analyses)
    dataset = Dataset(
        examples=_with_validity(training.examples, hits, plan),
        evaluation=None if held is None else held.examples,
        files=training.files,
        evaluation_files=[] if held is None else held.files,
        analyses=analyses,
        rows=readers[0],
        limits={gate.measure: _limits(gate.of_kind(kind, eased), analyses.category) for gate in gates},
        kind=kind,
        eased=eased,
        kind_words=kind_words,
        nearby=nearby,
    )
    facts = Facts(dataset, plan.rules, missing=missing)
    found = run_dataset_rules(dataset, Measures(facts), training, plan, missing)
    return Reduced(dataset, facts, missing, place_hits(found, plan.rules, training.examples))


def _with_validity(examples: pl.DataFrame, hits: pl.DataFrame, plan: Plan) -> pl.DataFrame:
    """Add ``valid``: a row of unknown shape is no example, and one with a format error is unfit to train on.

    Neither depends on the selected rules or the baseline, except for the rules about format errors.
    """
    valid = (examples["shape"] != UNKNOWN.name).to_numpy().copy()
    valid[flagged_rows(hits, plan.rules, Factor.FORMAT, Severity.ERROR)] = False
    return examples.hstack([pl.Series("valid", valid, dtype=pl.Boolean)])


def _limits(gate: Gate, category: Category | None) -> tuple[float | None, float | None]:
    categories = category.ways if category is not None and category.counts else None
    sides = (gate.warn, gate.fail)
    # Of other relative limits, the measure that they depend on is not known yet.
    warn, fail = (
        None if side is None or (side.relative and not categories) else side.threshold(categories) for side in sides
    )
    return warn, fail

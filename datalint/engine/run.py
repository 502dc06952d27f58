"""One run: sources in, outcome out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

import numpy as np
import polars as pl

from datalint.core.dataset import Category, Dataset
from datalint.core.finding import Factor, Severity
from datalint.core.record import FileFacts
from datalint.core.results import FileResult, Outcome
from datalint.core.rule import Hit, Scope
from datalint.engine import analyses, measures
from datalint.engine.categories import find_category, find_label_set, find_review
from datalint.engine.charts import draw
from datalint.engine.findings import build_findings, count_rules, identify
from datalint.engine.hits import INTERNAL_ERROR, SEEN, HitTable
from datalint.engine.mapping import Mapper, Partial, internal_error
from datalint.engine.merging import Merged, merge
from datalint.engine.plan import Plan
from datalint.engine.pool import map_chunks
from datalint.engine.reading import Reader
from datalint.shapes.canonical import visible_surrogates
from datalint.shapes.detect import UNKNOWN
from datalint.verdict import judge

if TYPE_CHECKING:
    from datalint.config.gates import Gate
    from datalint.sources import Chunk, Source

#: Rows of a dataset rule's findings that are read again to be shown.
_EXCERPTS = 50

#: Characters of text up to which a split's records are kept for the reduce half, instead of read again.
_KEPT_CHARS = 16_000_000

Progress = Callable[[int], None]
Ignored = Callable[[str], frozenset[str]]
#: Takes ``rule`` (code), ``path`` (None for the dataset as a whole) and ``fingerprint`` of hits; returns which of them
#: a baseline covers. It keeps count, so a hit that it did not cover once it never covers.
Known = Callable[[pl.DataFrame], pl.Series]


@dataclass(frozen=True, slots=True)
class Examined:
    """A run and what it was judged from, for those who compare runs or narrow one down."""

    outcome: Outcome
    dataset: Dataset
    training: Merged
    reader: Reader
    plan: Plan


class Options(TypedDict, total=False):
    """What :func:`run` may be told beside what it lints; see :func:`examine`."""

    ignored: Ignored | None
    known: Known | None
    progress: Progress | None
    jobs: int
    charts: bool


def run(
    sources: Sequence[Source],
    evaluation: Sequence[Source],
    plan: Plan,
    gates: Sequence[Gate],
    **options: Unpack[Options],
) -> Outcome:
    """Lint ``sources`` and judge them; see :func:`examine`."""
    return examine(sources, evaluation, plan, gates, **options).outcome


def examine(
    sources: Sequence[Source],
    evaluation: Sequence[Source],
    plan: Plan,
    gates: Sequence[Gate],
    *,
    ignored: Ignored | None = None,
    known: Known | None = None,
    progress: Progress | None = None,
    jobs: int = 1,
    charts: bool = False,
) -> Examined:
    """Lint ``sources`` and judge them; return what they were judged from as well.

    ``ignored`` returns the codes whose findings don't count in a file, ``known`` which findings a baseline covers:
    they are not reported, and no share of rows with findings counts them. ``progress`` is told the bytes read so
    far, chunk by chunk. ``jobs`` processes map chunks; the report is the same to the byte for any number.
    ``charts`` gathers what a report with pictures draws.
    """
    mapper = Mapper(plan)
    training = map_sources(sources, mapper, progress, rules=True, jobs=jobs)
    held = map_sources(evaluation, mapper, progress, rules=False, jobs=jobs) if evaluation else None
    if ignored is not None:
        training.hits = _without(training.hits, training, plan, ignored)
    reader = Reader(sources, training.examples, mapper.detector, training.kept)
    readers = (reader, None if held is None else Reader(evaluation, held.examples, mapper.detector, held.kept))
    dataset, hits = _analyse(training, held, readers, plan, gates, known)
    if ignored is not None:
        hits = _without(hits, training, plan, ignored)
    if known is not None:
        hits = _unknown(hits, training, plan, known)
    hits = _told_once(hits)
    outcome = _conclude(dataset, hits, training, held, plan, gates, charts=charts)
    return Examined(outcome, dataset, training, reader, plan)


def map_sources(
    sources: Sequence[Source], mapper: Mapper, progress: Progress | None, *, rules: bool, jobs: int = 1
) -> Merged:
    """Map every chunk and merge; without ``rules`` only keys and sketches, as for an evaluation set."""
    numbers: list[int] = []
    parts: list[list[Partial]] = [[] for _ in sources]
    kept: list[dict[str, Any]] | None = []
    done = chars = 0

    def chunks() -> Iterator[tuple[str, Chunk]]:
        for number, source in enumerate(sources):
            for chunk in source.chunks(number):
                numbers.append(number)
                yield source.path, chunk

    for turn, (partial, records) in enumerate(map_chunks(chunks(), mapper, rules=rules, jobs=jobs)):
        parts[numbers[turn]].append(partial)
        chars += int(partial.examples.select(pl.sum_horizontal("prompt_chars", "response_chars").sum()).item())
        kept = [*kept, *records] if kept is not None and records is not None and chars <= _KEPT_CHARS else None
        if progress is not None:
            done += partial.facts.size
            progress(done)
    facts = [source.facts() for source in sources]
    merged = merge(list(zip(facts, parts, strict=True)), mapper.plan)
    merged.kept = kept
    if rules:
        merged.hits = pl.concat(
            [frame for frame in (merged.hits, _file_hits(merged, mapper.plan)) if frame.width], how="diagonal"
        )
    if merged.examples.height:
        merged.examples = merged.examples.with_columns(pl.int_range(pl.len(), dtype=pl.Int64).alias("i"))
    else:
        merged.examples = mapper.empty()
    return merged


def _without(hits: pl.DataFrame, merged: Merged, plan: Plan, ignored: Ignored) -> pl.DataFrame:
    """Drop the hits of rules that are ignored in the file they are in."""
    index = {active.rule.code: number for number, active in enumerate(plan.rules)}
    silent = [
        (file, index[code]) for file, facts in enumerate(merged.files) for code in ignored(facts.path) if code in index
    ]
    if not silent or not hits.height:
        return hits
    files = merged.examples.select(pl.col("i").alias("at"), pl.col("file").cast(pl.Int64).alias("_file"))
    located = hits.join(files, on="at", how="left", maintain_order="left")
    gone = pl.DataFrame(silent, schema={"_file": pl.Int64, "rule": pl.Int32}, orient="row")
    return (
        located.with_columns(pl.coalesce("_file", "file").alias("_file"))
        .join(gone, on=["_file", "rule"], how="anti", maintain_order="left")
        .drop("_file")
    )


def _unknown(hits: pl.DataFrame, merged: Merged, plan: Plan, known: Known) -> pl.DataFrame:
    """Drop the hits that a baseline covers."""
    found = identify(hits, plan.rules, merged.examples)
    paths = [visible_surrogates(facts.path) for facts in merged.files]
    path = pl.col("file").replace_strict(list(range(len(paths))), paths, default=None, return_dtype=pl.String)
    return hits.filter(~known(found.select("rule", path.alias("path"), "fingerprint")))


def _told_once(hits: pl.DataFrame) -> pl.DataFrame:
    """Keep the first failure of each rule: it would say the same in every row, and in every chunk."""
    if INTERNAL_ERROR not in hits["rule"]:
        return hits
    return hits.filter((pl.col("rule") != INTERNAL_ERROR) | pl.struct("rule", "key").is_first_distinct())


def _analyse(
    training: Merged,
    held: Merged | None,
    readers: tuple[Reader, Reader | None],
    plan: Plan,
    gates: Sequence[Gate],
    known: Known | None,
) -> tuple[Dataset, pl.DataFrame]:
    # A broken row stays unfit to train on, and counts for nothing, whether or not a baseline covers it.
    valid = np.ones(training.examples.height, dtype=bool)
    valid[measures.flagged_rows(training.hits, plan.rules, Factor.FORMAT, Severity.ERROR)] = False
    examples = training.examples.with_columns(pl.Series("valid", valid, dtype=pl.Boolean))
    hits = training.hits if known is None else _unknown(training.hits, training, plan, known)
    broken = measures.flagged_rows(hits, plan.rules, Factor.FORMAT, Severity.ERROR)
    reader, evaluation = readers
    repeats = analyses.find_repeats(training, reader, plan.near, needs_near=plan.needs_near)
    families = analyses.find_families(examples)
    repeated = analyses.find_repeated_prompts(examples)
    conflicts = analyses.find_conflicts(repeated, examples, reader)
    leaks = []
    if held is not None and evaluation is not None:
        leaks = analyses.find_leaks(training, held, (reader, evaluation), plan.near, needs_near=plan.needs_near)
    category = find_category(examples, plan.category_key, plan.expected) or find_label_set(examples, reader.texts)
    review = find_review(examples)
    quality = measures.flagged_rows(hits, plan.rules, Factor.QUALITY, Severity.ERROR)
    issues = measures.flagged_rows(hits, plan.rules, Factor.QUALITY, Severity.ERROR, Severity.WARNING)
    size = examples.height
    numbers: measures.Measures = {
        "examples": size,
        "valid-examples": int(valid.sum()),
        "effective-examples": int((valid & ~repeats.redundant).sum()),
        **measures.diversity_measures(repeats, families, conflicts, int((examples["prompt_chars"] > 0).sum())),
        "quality-error-share": len(quality) / size if size else None,
        "quality-issue-share": len(issues) / size if size else None,
        **measures.review_measures(review),
        "format-error-examples": len(broken) + measures.lines_without_record(hits, plan.rules, Factor.FORMAT),
        "shapes": examples.filter(pl.col("shape") != UNKNOWN.name)["shape"].n_unique() or None,
        **measures.balance_measures(category),
        **measures.readiness_measures(None if held is None else held.examples.height, leaks),
    }
    dataset = Dataset(
        examples=examples,
        evaluation=None if held is None else held.examples,
        files=training.files,
        evaluation_files=[] if held is None else held.files,
        exact=repeats.exact,
        normalized=repeats.normalized,
        near=repeats.near,
        near_settings=repeats.settings,
        families=families,
        conflicts=conflicts,
        repeated_prompts=repeated,
        leaks=leaks,
        category=category,
        evaluation_category=find_category(held.examples, category.key) if held and category else None,
        review=review,
        measures=numbers,
        fetch=reader.texts,
        compare=_difference,
        limits={gate.measure: _limits(gate, category) for gate in gates},
    )
    return dataset, pl.concat([hits, _dataset_hits(dataset, training, plan)], how="diagonal")


def _limits(gate: Gate, category: Category | None) -> tuple[float | None, float | None]:
    categories = len(category.counts) if category is not None and category.counts else None
    sides = (gate.warn, gate.fail)
    relative = [side is not None and side.comparison == "times-even" and not categories for side in sides]
    warn, fail = (
        None if side is None or r else side.threshold(categories) for side, r in zip(sides, relative, strict=True)
    )
    return warn, fail


def _difference(one: str, other: str) -> str:
    from datalint.neardup import difference

    return difference(one, other)


def _file_hits(merged: Merged, plan: Plan) -> pl.DataFrame:
    """Run file rules, and hand record rules' problems on rows that were refused to their rules."""
    table = HitTable(merged.examples.height)
    numbers: list[int] = []
    starts = _starts(merged)
    for number, facts in enumerate(merged.files):
        for index, active in plan.of(Scope.FILE, Scope.RECORD):
            try:
                if active.rule.scope is Scope.FILE:
                    hits = list(active.rule.function(facts, active.options))
                else:
                    hits = list(facts.seen(active.rule.name))
                for hit in hits:
                    at = None if hit.row is None else starts[number] + hit.row - 1
                    table.add(index, hit, at=at)
            except Exception as error:
                table.add(INTERNAL_ERROR, internal_error(active, error))
            numbers += [number] * (len(table) - len(numbers))
    return table.frame().with_columns(pl.Series("file", numbers, dtype=pl.Int64))


def _starts(merged: Merged) -> list[int]:
    counts = Counter(merged.examples["file"].to_list()) if merged.examples.height else Counter()
    starts = [0]
    for number in range(len(merged.files)):
        starts.append(starts[-1] + counts[number])
    return starts


def _dataset_hits(dataset: Dataset, merged: Merged, plan: Plan) -> pl.DataFrame:
    table = HitTable(dataset.size, dataset.evaluation.height if dataset.evaluation is not None else 0)
    failed = set(merged.hits.filter(pl.col("rule") == INTERNAL_ERROR)["key"])
    for index, active in plan.of(Scope.DATASET):
        if active.rule.code in failed:
            continue  # what it measured is incomplete
        dataset.partial = merged.measured.get(index)
        try:
            hits = list(active.rule.function(dataset, active.options))
            _add_excerpts(hits, dataset)
            table.extend(index, hits)
        except Exception as error:
            table.add(INTERNAL_ERROR, internal_error(active, error))
    return table.frame().with_columns(pl.lit(None, dtype=pl.Int64).alias("file"))


def _add_excerpts(hits: list[Hit], dataset: Dataset) -> None:
    """Show what the first rows of a rule say; the rest are read again only when somebody looks."""
    bare = [hit for hit in hits if hit.excerpt is None and hit.at is not None][:_EXCERPTS]
    for hit, text in zip(bare, dataset.texts([hit.at for hit in bare if hit.at is not None]), strict=True):
        hit.excerpt = (text.prompt or text.response)[:SEEN]


def _conclude(
    dataset: Dataset,
    hits: pl.DataFrame,
    training: Merged,
    held: Merged | None,
    plan: Plan,
    gates: Sequence[Gate],
    *,
    charts: bool,
) -> Outcome:
    evaluation = None
    if held is not None:
        evaluation = held.examples.with_columns(pl.col("file").cast(pl.Int64) + len(training.files))
    names = [visible_surrogates(facts.path) for facts in (*training.files, *(held.files if held else ()))]
    findings = build_findings(hits, plan.rules, dataset.examples, evaluation, names)
    codes = frozenset(active.rule.code for active in plan.rules)
    factors, verdict, score = judge(dataset, gates, codes, category_key=plan.category_key)
    return Outcome(
        verdict=verdict,
        score=score,
        files=[
            *(_file_result(facts, dataset.examples, number, "train") for number, facts in enumerate(training.files)),
            *(
                _file_result(facts, held.examples, number, "evaluation")
                for number, facts in enumerate(held.files if held else ())
                if held is not None
            ),
        ],
        factors=factors,
        rules=count_rules(findings, plan.rules, dataset.examples),
        findings=findings,
        measures=dataset.measures,
        profile=plan.profile,
        notes=_notes(dataset),
        examples=dataset.size,
        tokens=int(dataset.examples["tokens"].sum()),
        internal_errors=int((hits["rule"] == INTERNAL_ERROR).sum()),
        charts=draw(dataset, findings, names) if charts else {},
    )


def _file_result(facts: FileFacts, examples: pl.DataFrame, number: int, split: str) -> FileResult:
    shapes: list[Any] = []
    if examples.height:
        mine = examples.filter(pl.col("file") == number)["shape"]
        shapes = mine.value_counts().sort(["count", "shape"], descending=[True, False])["shape"].to_list()
    return FileResult(
        path=visible_surrogates(facts.path),
        container=facts.container,
        shape=shapes[0] if shapes else None,
        rows_read=facts.rows_read,
        rows_refused=facts.rows_refused,
        blank_lines=facts.blank_lines,
        bytes=facts.size,
        sha256=facts.sha256,
        split=split,
    )


def _notes(dataset: Dataset) -> list[str]:
    """Say what a reader must know to trust the numbers."""
    notes = []
    if dataset.category is not None:
        category = dataset.category
        notes.append(f"balance counts {category.key!r} ({category.origin}, {len(category.counts)} values)")
    limited = dataset.near_settings.get("limited")
    if limited:
        notes.append(f"near-duplicates: {limited:,} rows of crowded buckets were compared with their anchors only")
    return notes

"""Builds the outcome, from which reports are made."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import polars as pl

from datalint.core.accepted import AcceptedFindings
from datalint.core.finding import Factor
from datalint.core.findings import Findings
from datalint.core.results import FactorResult, FileResult, NotAssessed, Outcome, RuleInfo, Verdict
from datalint.engine.map.hits import INTERNAL_ERROR
from datalint.engine.map.token_ids import are_counted
from datalint.engine.reduce.acceptances import AcceptedMarks, accepted_notes
from datalint.engine.reduce.findings import build_findings, count_rules
from datalint.engine.reduce.judging_note import judging_note
from datalint.engine.reduce.missing_keys import missing_in_some
from datalint.engine.reduce.model_note import model_notes
from datalint.engine.reduce.numbered_rows import numbered_by, numbers_notes
from datalint.engine.reduce.other_sides import sides_of
from datalint.engine.reduce.run_notes import FILES, run_notes
from datalint.engine.reduce.sides_note import sides_notes
from datalint.engine.reduce.suppress import ACCEPTED, Suppressed
from datalint.engine.reduce.unread_keys import unread_keys
from datalint.engine.reduce.unseen_subjects import unseen_subject
from datalint.privacy.display import FileName, file_name, printable
from datalint.records.shape_counts import shapes_of
from datalint.sources import is_padded
from datalint.support.distinct import distinct
from datalint.verdict import evaluation_hint, judge, too_few_note, unread_note, unread_reason

if TYPE_CHECKING:
    from datalint.config.gates import Gate
    from datalint.core.charts import Charts, ThresholdLevel
    from datalint.engine.plan import Plan
    from datalint.engine.reduce.measures import Measures
    from datalint.engine.reduce.merge import Merged
    from datalint.records.dataset import Dataset
    from datalint.records.record import FileFacts


def conclude(
    dataset: Dataset,
    left: Suppressed,
    marks: AcceptedMarks,
    measures: Measures,
    training: Merged,
    held: Merged | None,
    plan: Plan,
    gates: Sequence[Gate],
    missing: Mapping[str, str],
    *,
    thresholds: Sequence[ThresholdLevel] | None,
) -> Outcome:
    """Build the findings, evaluate the gates, and collect the data of reports.

    ``left`` are the hits that count and those that are accepted, ``marks`` what rows accept.
    ``thresholds`` are the results at other thresholds, for a report with charts; None for a report without.
    """
    names = _names(training, held)
    findings = place_findings(left.kept, training, held)
    accepted = place_findings(left.covered, training, held, ACCEPTED.names())
    obstacles = {active.rule.code: plan.obstacle(active, missing) for active in plan.rules}
    selected = [active.rule for active in plan.rules]
    fired = count_rules(findings, plan.rules, dataset.examples)
    measured = {name: measures.take(name) for name in measures}
    unread = unread_reason(dataset, selected, fired)
    sides = sides_of(dataset.files, dataset.nearby)
    limited = [gate.judging(dataset.kind, dataset.eased) for gate in gates]
    factors, verdict, score = judge(limited, measured, obstacles, unread=unread)
    keys = missing_in_some(plan, (training, *([held] if held is not None else [])))
    ran = [code for code, reason in obstacles.items() if reason is None]
    notes = (
        *map(printable, [*keys, *_first_notes(dataset, sides, plan, unread_note(dataset, selected, fired))]),
        *run_notes(dataset, measures, plan, balanced=factors[Factor.BALANCE].verdict is not Verdict.NOT_ASSESSED),
        *map(printable, filter(None, [unseen_subject(dataset, plan), *_on_use(dataset, factors, fired)])),
        *map(printable, accepted_notes(left, marks, dataset.examples, names, ran)),
    )
    return Outcome(
        verdict=verdict,
        score=score,
        files=tuple(_results(training, held, dataset)),
        factors=factors,
        rules=fired,
        findings=findings,
        measures={name: taken.value for name, taken in measured.items()},
        profile=printable(plan.profile),
        notes=notes,
        unread=unread_keys(dataset, plan, _said(findings, fired, notes)),
        accepted=AcceptedFindings(accepted),
        valid_until=marks.valid["until"].min(),  # type: ignore[arg-type]
        examples=dataset.size,
        kind=dataset.kind,
        tokens=int(dataset.examples["tokens"].sum()),
        exact_tokens=are_counted(dataset.examples),
        group_key=dataset.analyses.group_key,
        connected=dataset.analyses.connected,
        internal_errors=int((left.kept["rule"] == INTERNAL_ERROR).sum()),
        charts=None if thresholds is None else _charts(dataset, findings, names, thresholds),
        enabled=tuple(RuleInfo(active.rule, active.severity) for active in plan.rules),
        targets=dataset.targets,
        paired=frozenset(sides),
        not_assessed=tuple(_not_assessed(plan, obstacles)),
    )


def _on_use(
    dataset: Dataset, factors: Mapping[str, FactorResult], fired: Collection[str]
) -> tuple[str | None, str | None]:
    """Return the notes on data that may be for something else than training."""
    return evaluation_hint(dataset), too_few_note(dataset, factors[Factor.VOLUME], fired)


def _not_assessed(plan: Plan, obstacles: Mapping[str, str | None]) -> Iterator[NotAssessed]:
    """Yield the rules that something keeps from assessing the data, each with what that is."""
    for active in plan.rules:
        if (reason := obstacles[active.rule.code]) is not None:
            yield NotAssessed(active.rule.code, printable(active.rule.name), printable(reason))


def _first_notes(dataset: Dataset, sides: Mapping[int, str], plan: Plan, unread: str | None) -> Iterator[str]:
    """Yield notes on the model, other files, what is not read, and what the data is for."""
    yield from model_notes(dataset.examples, plan)
    yield from sides_notes(dataset, sides)
    yield from numbers_notes(dataset.files, numbered_by(dataset.files, dataset.nearby))
    yield from filter(None, [unread, dataset.kind_words, judging_note(dataset, plan)])


def _said(findings: Findings, fired: Iterable[str], notes: Sequence[str]) -> Iterator[str]:
    """Yield the notes, and some messages of each rule."""
    yield from notes
    for code in fired:
        yield from (each.message for each in findings.grouped.of(code, FILES))


def place_findings(hits: pl.DataFrame, training: Merged, held: Merged | None, more: Sequence[str] = ()) -> Findings:
    """Return placed hits as findings in the files of both splits; ``more`` are further columns to keep."""
    evaluation = None
    if held is not None:
        evaluation = held.examples.with_columns(pl.col("file").cast(pl.Int64) + len(training.files))
    names = _names(training, held)
    return build_findings(hits, training.examples, evaluation, names, more)


def _names(training: Merged, held: Merged | None) -> list[FileName]:
    return [file_name(facts.path) for facts in (*training.files, *(held.files if held else ()))]


def _charts(
    dataset: Dataset, findings: Findings, names: Sequence[FileName], thresholds: Sequence[ThresholdLevel]
) -> Charts:
    from datalint.engine.reduce.charts import draw

    return draw(dataset, findings, names, thresholds)


def _results(training: Merged, held: Merged | None, dataset: Dataset) -> Iterator[FileResult]:
    """Yield the results of the files of both splits."""
    yield from _file_results(training.files, dataset.examples, "train")
    if held is not None:
        yield from _file_results(held.files, held.examples, "evaluation")


def _file_results(files: Sequence[FileFacts], examples: pl.DataFrame, split: str) -> Iterator[FileResult]:
    shapes: dict[int, str] = {}
    if len(alike := shapes_of(examples)) == 1:
        shapes = dict.fromkeys(distinct(examples["file"].to_numpy()).tolist(), *alike)
    elif examples.height:
        counts = examples.group_by("file", "shape").len().sort("file", "len", "shape", descending=[False, True, False])
        shapes = dict(counts.unique("file", keep="first").select("file", "shape").iter_rows())
    for number, facts in enumerate(files):
        yield _file_result(facts, shapes.get(number), split)


def _file_result(facts: FileFacts, shape: str | None, split: str) -> FileResult:
    return FileResult(
        path=file_name(facts.path),
        container=facts.container,
        shape=None if shape is None else printable(shape),
        rows_read=facts.rows_read,
        rows_refused=facts.rows_refused,
        blank_lines=0 if is_padded(facts.container) else facts.blank_lines,
        bytes=facts.size,
        sha256=facts.sha256,
        split=split,
    )

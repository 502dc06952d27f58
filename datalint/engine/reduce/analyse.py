"""The reduce half: what the merged whole holds, the measures that gates judge, and what dataset rules say of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import polars as pl

from datalint.core.finding import Factor, Severity
from datalint.core.rule import Hit, Scope
from datalint.engine.map.hits import INTERNAL_ERROR, HitTable, beginning, internal_error, may_hold_secret
from datalint.engine.reduce import measures
from datalint.engine.reduce import repeats as analyses
from datalint.engine.reduce.categories import find_category, find_label_set, find_review
from datalint.engine.reduce.conflicts import find_conflicts, find_repeated_prompts
from datalint.engine.reduce.leaks import find_leaks
from datalint.engine.reduce.suppress import sift
from datalint.privacy.redaction import Fragments
from datalint.records.dataset import Category, Dataset, Group, Leak, Review, Text
from datalint.shapes.detect import UNKNOWN
from datalint.support.garbage import paused_gc
from datalint.support.prefetch import in_background
from datalint.verdict.kinds import kind_of, shape_kinds

if TYPE_CHECKING:
    from datalint.config.gates import Gate
    from datalint.engine.execute.row_reader import Reader
    from datalint.engine.plan import Plan
    from datalint.engine.reduce.merge import Merged
    from datalint.engine.reduce.suppress import Known

#: Returns the texts of rows of the training set.
Fetch = Callable[[Sequence[int]], list[Text]]

#: Rows of a dataset rule's findings that are read again to be shown.
_EXCERPTS = 50


@paused_gc()
def analyse(
    training: Merged,
    held: Merged | None,
    readers: tuple[Reader, Reader | None],
    plan: Plan,
    gates: Sequence[Gate],
    known: Known | None,
) -> tuple[Dataset, pl.DataFrame]:
    """Return the merged whole with what the analyses find in it, and all hits, those of dataset rules last."""
    # A broken row stays unfit to train on, and counts for nothing, whether or not a baseline covers it.
    # A row of unknown shape is no example, whether or not a rule says so.
    valid = (training.examples["shape"] != UNKNOWN.name).to_numpy().copy()
    valid[measures.flagged_rows(training.hits, plan.rules, Factor.FORMAT, Severity.ERROR)] = False
    examples = training.examples.with_columns(pl.Series("valid", valid, dtype=pl.Boolean))
    hits = training.hits if known is None else sift(training.hits, training, plan, known)[0]
    broken = measures.flagged_rows(hits, plan.rules, Factor.FORMAT, Severity.ERROR)
    reader, evaluation = readers
    beside = in_background(lambda: _beside(examples, reader, plan))
    repeats = analyses.find_repeats(training, reader, plan.near, needs_near=plan.needs_near)
    families, repeated, conflicts, category, review = beside.result()
    leaks: list[Leak] = []
    if held is not None and evaluation is not None:
        leaks, repeats.settings["leaks"] = find_leaks(
            training,
            held,
            (reader, evaluation),
            plan.near,
            needs_near=plan.needs_near,
            method=repeats.settings.get("method"),
        )
    for merged in (training, held):
        if merged is not None and not merged.lasting:
            merged.sketches = None
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
    kind = kind_of(examples, [facts.path for facts in training.files], shape_kinds(plan.columns), alone=held is None)
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
        fetch_records=reader.records,
        limits={gate.measure: _limits(gate.of_kind(kind), category) for gate in gates},
        kind=kind,
    )
    return dataset, pl.concat([hits, _dataset_hits(dataset, training, plan)], how="diagonal")


def _beside(
    examples: pl.DataFrame, reader: Reader, plan: Plan
) -> tuple[list[Group], list[Group], list[Group], Category | None, Review | None]:
    """Return families, repeated prompts, conflicts, category and review: what needs no search for near-duplicates."""
    repeated = find_repeated_prompts(examples)
    return (
        analyses.find_families(examples),
        repeated,
        find_conflicts(repeated, examples, reader),
        find_category(examples, plan.category_key, plan.expected) or find_label_set(examples, reader.texts),
        find_review(examples),
    )


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


def _dataset_hits(dataset: Dataset, merged: Merged, plan: Plan) -> pl.DataFrame:
    table = HitTable(dataset.size, dataset.evaluation.height if dataset.evaluation is not None else 0)
    failed = set(merged.hits.filter(pl.col("rule") == INTERNAL_ERROR)["key"])
    files: list[int | None] = []
    fetch = dataset.fetch
    for index, active in plan.of(Scope.DATASET):
        if active.rule.code in failed:
            continue  # what it measured is incomplete
        dataset.partial = merged.measured.get(index)
        secrets = Fragments()
        dataset.fetch = _noting(fetch, secrets)
        try:
            hits = list(active.rule.function(dataset, active.options))
            _add_excerpts(hits, fetch)
            table.extend(index, hits, secrets)
            files += [hit.file for hit in hits]
        except Exception as error:
            table.add(INTERNAL_ERROR, internal_error(active, error), secrets=secrets)
            files += [None] * (len(table) - len(files))
    dataset.fetch = fetch
    return table.frame().with_columns(pl.Series("file", files, dtype=pl.Int64))


def _noting(fetch: Fetch, secrets: Fragments) -> Fetch:
    """Return ``fetch`` that takes note of the secrets in the texts that it gives to a rule."""

    def noted(rows: Sequence[int]) -> list[Text]:
        texts = fetch(rows)
        each = pl.Series("text", [part for text in texts for part in text], dtype=pl.String)
        secrets.add(each.to_frame().filter(may_hold_secret(pl.col("text")))["text"])
        return texts

    return noted


def _add_excerpts(hits: list[Hit], fetch: Fetch) -> None:
    """Show the beginnings of the first rows that a rule speaks of; the others are read only when somebody asks."""
    bare = [hit for hit in hits if hit.excerpt is None and hit.at is not None][:_EXCERPTS]
    for hit, text in zip(bare, fetch([hit.at for hit in bare if hit.at is not None]), strict=True):
        hit.excerpt = beginning(text.prompt or text.response)

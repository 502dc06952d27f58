"""Builds findings from hits: their order, the places of related rows, and the counts of each rule."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import polars as pl

from datalint.core.finding import FIELDS, RANKS, Severity
from datalint.core.findings import Findings
from datalint.core.fix import Action
from datalint.core.results import RuleResult
from datalint.core.rule import Rule
from datalint.engine.plan import Active
from datalint.privacy.display import FileName, printable
from datalint.support.distinct import distinct

#: What to do about a rule that raised an exception.
_REMEDY: Final = "Report the error to the author of the rule, or leave the rule out with --ignore"
#: What the findings of a rule are counted as where each is about a whole file.
_FINDING: Final = "finding"
#: Fixes that remove rows.
_REMOVALS: Final = (Action.REMOVE, Action.KEEP_ONE)


def build_findings(
    hits: pl.DataFrame,
    examples: pl.DataFrame,
    evaluation: pl.DataFrame | None,
    files: Sequence[FileName],
    more: Sequence[str] = (),
) -> Findings:
    """Return every placed hit as a finding, sorted by file, line, row, severity, code, path and message.

    ``files`` names training files first, then evaluation files. ``more`` are further columns of the hits to keep.
    """
    if not hits.height:
        return Findings(_none(tuple(hits.schema.items()), tuple(more)), files)
    return Findings(_sorted(hits, examples, evaluation, more), files)


@lru_cache(maxsize=8)
def _none(columns: tuple[tuple[str, pl.DataType], ...], more: tuple[str, ...]) -> pl.DataFrame:
    """Return the table of no findings: nearly every run has one, of those that a baseline accepts."""
    return _sorted(pl.DataFrame(schema=dict(columns)), pl.DataFrame(), None, more)


def _sorted(
    hits: pl.DataFrame, examples: pl.DataFrame, evaluation: pl.DataFrame | None, more: Sequence[str]
) -> pl.DataFrame:
    table = hits.select(
        pl.int_range(pl.len(), dtype=pl.UInt32).alias("hit"),
        pl.exclude("rule", "code"),
        pl.col("code").alias("rule"),
        pl.col("severity").replace_strict(RANKS, return_dtype=pl.Int8).alias("rank"),
    )
    table = _relate(table, examples, evaluation)
    order = ("file", "line", "row", "rank", "rule", "path", "message")
    if table.height > 1:
        table = table.sort(*order, nulls_last=True, maintain_order=True)
    return table.select(*FIELDS, "excerpt", "at", *more)


def _relate(table: pl.DataFrame, examples: pl.DataFrame, evaluation: pl.DataFrame | None) -> pl.DataFrame:
    """Replace the indices of related rows by their places."""
    sides = [(examples, ~pl.col("evaluation")), (evaluation, pl.col("evaluation"))]
    known = [(rows, is_side) for rows, is_side in sides if rows is not None and rows.height]
    if table["related"].null_count() == table.height or not known:
        return table.with_columns(pl.lit(None, dtype=_RELATED).alias("related"))
    flat = table.select("hit", "related").drop_nulls("related").explode("related").unnest("related")
    # Rows are numbered by their position, so that places are looked up instead of joined.
    at = {number: flat.select(pl.when(is_side).then("at"))["at"] for number, (_, is_side) in enumerate(known)}
    places = [
        pl.coalesce(pl.lit(rows[name].gather(at[number]).cast(pl.Int64)) for number, (rows, _) in enumerate(known))
        for name in _PLACE
    ]
    lists = (
        flat.with_columns(place.alias(name) for name, place in zip(_PLACE, places, strict=True))
        .group_by("hit", maintain_order=True)
        .agg(pl.struct(*_PLACE, "similarity").alias("related"))
    )
    return table.drop("related").join(lists, on="hit", how="left", maintain_order="left")


#: The tag of rules whose messages say what to do.
_SAYS_REMEDY: Final = "says-remedy"
_PLACE: Final = ("file", "line", "row")
_RELATED: Final = pl.List(pl.Struct({"file": pl.Int64, "line": pl.Int64, "row": pl.Int64, "similarity": pl.Float64}))


def count_rules(findings: Findings, rules: Sequence[Active], examples: pl.DataFrame) -> dict[str, RuleResult]:
    """Return the number of findings of each rule that fired, the most severe and most frequent first."""
    table = findings.table
    if table.height == 0:
        return {}
    out: list[RuleResult] = []
    by_code = {active.rule.code: active for active in rules}
    # A loop over groups makes three queries.
    for group in table.partition_by("rule", maintain_order=True):
        code = str(group["rule"][0])
        active = by_code.get(code)
        at = group["at"]
        rows = distinct(at.drop_nulls().to_numpy() if at.null_count() else at.to_numpy())
        spoiled = 0
        if examples.height and len(rows):
            spoiled = int(examples["tokens"].gather(rows).sum())
        each = active.rule.each if active is not None else None
        worst = min(group["severity"].value_counts()["severity"], key=RANKS.__getitem__)
        out.append(
            RuleResult(
                code=code,
                name=group["name"][0],
                severity=Severity(worst),
                factor=active.rule.factor if active is not None else None,
                summary=printable(active.rule.summary if active is not None else "A rule raised an exception"),
                remedy=printable(_remedy(active.rule, group) if active is not None else _REMEDY),
                count=group.height,
                examples=len(rows),
                share=len(rows) / examples.height if len(rows) and each is None else None,
                tokens=spoiled,
                each=each,
                confidence=active.rule.confidence if active is not None else None,
            )
        )
    # An error about a whole file, such as one that is training and evaluation set, is at one row and concerns all.
    whole = {result.code for result in out if result.each == _FINDING and result.severity is Severity.ERROR}
    out.sort(key=lambda each: (each.severity.rank, each.code not in whole, -each.examples, -each.count, each.code))
    return {result.code: result for result in out}


def _remedy(rule: Rule, findings: pl.DataFrame) -> str:
    """Return what to do about some findings of a rule; nothing if it removes rows, but none that these are about.

    Rows that are similar by design, or equal by chance, are findings too, which say themselves what to do. So do those
    of some rules, and lines that are no texts.
    """
    if _SAYS_REMEDY in rule.tags:
        return ""
    removes = rule.fix is not None and rule.fix.action in _REMOVALS
    return "" if removes and findings["fix"].null_count() == findings.height else rule.remedy

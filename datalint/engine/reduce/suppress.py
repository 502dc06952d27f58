"""Hits that a run leaves out: those that the user silenced, those that a baseline covers, and what was said before."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

import polars as pl

from datalint.engine.map.hits import INTERNAL_ERROR
from datalint.engine.reduce.findings import identify
from datalint.records.canonical import visible_surrogates

if TYPE_CHECKING:
    from datalint.engine.plan import Plan
    from datalint.engine.reduce.merge import Merged

#: Findings of one rule in one row: a reader sees what is wrong with it, and one bad row fills no report.
MOST_IN_ROW: Final = 20

#: Returns the codes of the rules that are ignored in a file.
Ignored = Callable[[str], frozenset[str]]
#: Takes ``rule`` (code), ``path`` (None for the dataset as a whole) and ``fingerprint`` of hits; returns which of them
#: a baseline covers. It keeps count, so a hit that it did not cover once it never covers.
Known = Callable[[pl.DataFrame], pl.Series]


def without(hits: pl.DataFrame, merged: Merged, plan: Plan, ignored: Ignored) -> pl.DataFrame:
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


def bounded(hits: pl.DataFrame) -> pl.DataFrame:
    """Keep the first hits of each rule in a row; the last one kept says how many more there are."""
    placed = hits.filter(pl.col("at").is_not_null())
    if placed.height <= MOST_IN_ROW or placed.group_by("rule", "at").len()["len"].max() <= MOST_IN_ROW:  # type: ignore[operator]
        return hits
    row = pl.col("at").is_not_null()
    ordinal, count = (each.over("rule", "at") for each in (pl.int_range(pl.len()), pl.len()))
    kept = hits.with_columns(ordinal.alias("_nth"), count.alias("_of"))
    kept = kept.filter(~row | (pl.col("_nth") < MOST_IN_ROW)).with_columns(pl.col("message").fill_null(""))
    # Findings are listed by path, then message.
    kept = kept.with_columns(pl.concat_str(pl.col("path").fill_null("\U0010ffff"), "message").alias("_place"))
    last = (pl.col("_place") == pl.col("_place").max().over("rule", "at")) & (pl.col("_of") > MOST_IN_ROW) & row
    last &= pl.struct("rule", "at", "_place").is_last_distinct()
    more = pl.format("{} (and {} more in this row)", "message", pl.col("_of") - MOST_IN_ROW)
    return kept.with_columns(pl.when(last).then(more).otherwise("message").alias("message")).drop(
        "_nth", "_of", "_place"
    )


def sift(hits: pl.DataFrame, merged: Merged, plan: Plan, known: Known) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the hits that a baseline does not cover, and those that it covers."""
    found = identify(hits, plan.rules, merged.examples)
    paths = [visible_surrogates(facts.path) for facts in merged.files]
    path = pl.col("file").replace_strict(list(range(len(paths))), paths, default=None, return_dtype=pl.String)
    covered = known(found.select("rule", path.alias("path"), "fingerprint"))
    return hits.filter(~covered), hits.filter(covered)


def told_once(hits: pl.DataFrame) -> pl.DataFrame:
    """Keep the first failure of each rule: it would say the same in every row, and in every chunk."""
    if INTERNAL_ERROR not in hits["rule"]:
        return hits
    return hits.filter((pl.col("rule") != INTERNAL_ERROR) | pl.struct("rule", "key").is_first_distinct())

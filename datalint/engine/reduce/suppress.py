"""Suppression of hits by per-file ignores, rows that accept them, the baseline and the limits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

import polars as pl

from datalint.engine.map.hits import INTERNAL_ERROR
from datalint.engine.reduce.acceptances import NO_MARKS, AcceptedMarks
from datalint.engine.reduce.placing import with_fingerprints
from datalint.records.canonical import visible_surrogates
from datalint.shapes.series import repeated_value
from datalint.support.named_tuple import NamedTuple

if TYPE_CHECKING:
    from datalint.engine.plan import Active

#: The most hits of one rule in one row that become findings: enough to see the problem, and one bad row can't fill a
#: report.
MOST_IN_ROW: Final = 20

#: Returns the codes of the rules that are ignored in a file.
Ignored = Callable[[str], frozenset[str]]
#: Takes ``rule`` (code), ``path`` (None for the dataset as a whole) and ``fingerprint`` of all hits, in the order of
#: the rows, and returns a frame of as many rows that says which of them a baseline covers: ``kind``, ``reason`` and
#: ``until`` of its entry, all null for none; only ``until`` for one that is over. It may use up its entries, so it is
#: called once.
Baseline = Callable[[pl.DataFrame], pl.DataFrame]
#: Additional columns of covered hits: what accepts it (``row`` or ``baseline``), how, why, and the last day.
ACCEPTED: Final = pl.Schema({"by": pl.String(), "kind": pl.String(), "reason": pl.String(), "until": pl.String()})


class Suppressed(NamedTuple):
    """The hits that are ``kept``, those that per-file ignores ``silenced``, and those that are accepted.

    ``covered`` are accepted by their row or a baseline, with the columns of :data:`ACCEPTED`. ``expired`` are those of
    the kept hits that were accepted until a day that is over: ``until``.
    """

    kept: pl.DataFrame
    silenced: pl.DataFrame
    covered: pl.DataFrame
    expired: pl.DataFrame


def suppress(
    hits: pl.DataFrame,
    rules: Sequence[Active],
    paths: Sequence[str],
    *,
    ignored: Ignored | None = None,
    marks: AcceptedMarks = NO_MARKS,
    baseline: Baseline | None = None,
) -> Suppressed:
    """Divide placed hits, and add fingerprints to those that no ignore silences.

    ``paths`` are those of the training files, ``marks`` are what rows accept. Of one rule, 20 hits in a row are kept,
    and one internal error.
    """
    silenced = is_silenced(hits, rules, paths, ignored)
    audible = with_fingerprints(limited(without(hits, silenced)))
    if baseline is None and not marks.valid.height and not marks.expired.height:
        # Nothing can be accepted, which is found without the queries below: each has a fixed cost.
        covered = audible.clear().hstack([repeated_value(None, 0, pl.String).alias(name) for name in ACCEPTED])
        expired = pl.DataFrame(schema={"until": ACCEPTED["until"]})
        return Suppressed(_once(audible), hits.filter(silenced), covered, expired)
    left = _accepted_by_row(audible, marks.valid)
    is_open = left["by"].is_null()
    rest = left.filter(is_open).drop(ACCEPTED.names())
    covers = _covers(rest, paths, baseline)
    is_covered = covers["kind"].is_not_null()
    by_baseline = rest.hstack(covers.select(pl.lit("baseline").alias("by"), *ACCEPTED.names()[1:])).filter(is_covered)
    expired = pl.concat(
        [
            rest.join(marks.expired.unique(["at", "code"]), on=["at", "code"]).select("until"),
            covers.filter(~is_covered & covers["until"].is_not_null()).select("until"),
        ]
    )
    covered = pl.concat([left.filter(~is_open), by_baseline])
    return Suppressed(_once(rest.filter(~is_covered)), hits.filter(silenced), covered, expired)


def is_silenced(
    hits: pl.DataFrame, rules: Sequence[Active], paths: Sequence[str], ignored: Ignored | None
) -> pl.Series:
    """Return which hits are of rules that are ignored in their file."""
    index = {active.rule.code: number for number, active in enumerate(rules)}
    silent = [
        (file, index[code])
        for file, path in enumerate(paths if ignored is not None else ())
        for code in ignored(path)  # type: ignore[misc]
        if code in index
    ]
    if not silent or not hits.height:
        return repeated_value(False, hits.height, pl.Boolean)
    pairs = pl.DataFrame(silent, schema={"file": pl.Int64, "rule": pl.Int32}, orient="row")
    found = hits.join(pairs.with_columns(silent=True), on=["file", "rule"], how="left", maintain_order="left")
    return found["silent"].fill_null(False)


def without(hits: pl.DataFrame, silenced: pl.Series) -> pl.DataFrame:
    """Return the hits that are not ``silenced``."""
    return hits.filter(~silenced) if silenced.any() else hits


def _accepted_by_row(hits: pl.DataFrame, accepted: pl.DataFrame) -> pl.DataFrame:
    """Return hits with the columns of :data:`ACCEPTED`, null where the row does not accept the hit."""
    if not accepted.height or not hits.height:
        return hits.with_columns(pl.lit(None, dtype=kind).alias(name) for name, kind in ACCEPTED.items())
    known = accepted.unique(["at", "code"], keep="first").select(
        "at", "code", pl.lit("row").alias("by"), pl.lit("accepted").alias("kind"), "reason", "until"
    )
    return hits.join(known, on=["at", "code"], how="left", maintain_order="left")


def _covers(hits: pl.DataFrame, paths: Sequence[str], baseline: Baseline | None) -> pl.DataFrame:
    """Return what a baseline says of each hit, null where it does not cover it."""
    if baseline is None:
        return pl.DataFrame({name: repeated_value(None, hits.height, pl.String) for name in ACCEPTED})
    names = [visible_surrogates(path) for path in paths]
    path = pl.col("file").replace_strict(list(range(len(names))), names, default=None, return_dtype=pl.String)
    return baseline(hits.select(pl.col("code").alias("rule"), path.alias("path"), "fingerprint"))


def limited(hits: pl.DataFrame) -> pl.DataFrame:
    """Keep the first hits of each rule in a row; the last of them says how many more there are."""
    if hits.height <= MOST_IN_ROW:
        return hits
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


def _once(hits: pl.DataFrame) -> pl.DataFrame:
    """Keep the first internal error of each rule: it would be the same in every row and every chunk."""
    if not (hits["rule"] == INTERNAL_ERROR).any():
        return hits
    return hits.filter((pl.col("rule") != INTERNAL_ERROR) | pl.struct("rule", "key").is_first_distinct())

"""Merges the hits of a rule that so many examples share that the data is meant to be so."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from datalint.core.finding import Severity
from datalint.core.kind import Kind
from datalint.core.rule import Policy
from datalint.engine.map.hits import LENGTHS
from datalint.engine.plan import Active
from datalint.privacy.display import excerpt
from datalint.support.numbers import percent


def merge_policies(hits: pl.DataFrame, rules: Sequence[Active], size: int, kind: Kind) -> pl.DataFrame:
    """Replace the hits of each rule with a policy that more than its share of ``size`` examples have, by one.

    ``kind`` is that of the dataset.

    It has no place: the finding is about the dataset. Hits of a policy that keeps their places say its words, if any.
    """
    for index, active in enumerate(rules):
        policy = active.rule.policy
        if policy is None:
            continue
        if policy.rare is not None and size >= policy.rare_least:
            hits = _milder(hits, index, policy, size)
        if size < policy.least or hits.height <= policy.share * size:
            continue
        mine = pl.col("rule") == index
        if policy.key is not None:
            mine &= pl.col("key").eq_missing(policy.key)
        rows = hits.filter(mine & pl.col("at").is_not_null())["at"].n_unique()
        if rows <= policy.share * size:
            continue
        is_meant = kind == policy.kind
        if policy.placed and not is_meant:
            if not policy.words:
                continue
            said = pl.when(mine).then(pl.lit(excerpt(policy.words, LENGTHS["message"]))).otherwise("message")
            hits = hits.with_columns(said.cast(hits.schema["message"]).alias("message"))
            continue
        message = (
            f"{rows:,} of {size:,} examples ({percent(rows / size)}) {policy.kind_words if is_meant else policy.words}"
        )
        one = dict.fromkeys(hits.columns) | {
            "rule": index,
            "severity": (Severity.INFO if is_meant else policy.severity).value,
            "message": excerpt(message, LENGTHS["message"]),
            "key": "policy",
            "fixable": False,
            "rewritable": False,
        }
        hits = pl.concat([hits.filter(~mine), pl.DataFrame([one], schema=hits.schema)])
    return hits


def _milder(hits: pl.DataFrame, index: int, policy: Policy, size: int) -> pl.DataFrame:
    """Return hits with warnings instead of errors for those of a rule's rare key, if few examples have one."""
    mine = (
        (pl.col("rule") == index)
        & pl.col("key").eq_missing(policy.rare)
        & (pl.col("severity").fill_null("error") == "error")
    )
    rows = hits.filter(mine & pl.col("at").is_not_null())["at"].n_unique()
    if not 0 < rows <= policy.rare_share * size:
        return hits
    severity = pl.when(mine).then(pl.lit("warning")).otherwise("severity").cast(hits.schema["severity"])
    return hits.with_columns(severity.alias("severity"))

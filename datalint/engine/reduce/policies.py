"""Merges the hits of a rule into one if so many examples share them that they are a policy of the dataset."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, TypeAlias

import polars as pl

from datalint.core.finding import Severity
from datalint.core.grouping import INDICES
from datalint.core.kind import EVALUATION, Kind
from datalint.core.rule import Policy
from datalint.engine.map.hits import LENGTHS
from datalint.engine.plan import Active
from datalint.privacy.display import excerpt
from datalint.support.distinct import distinct
from datalint.support.numbers import percent

#: Policies that merge hits because of the kind of data, each with the index of its rule.
Meant: TypeAlias = list[tuple[int, Policy]]
#: Rows that the finding of a policy names.
_SHOWN: Final = 20


def merge_policies(hits: pl.DataFrame, rules: Sequence[Active], files: pl.Series, kind: Kind) -> pl.DataFrame:
    """Merge the hits of each rule with a policy into one, if more examples than the policy's share have them, or many.

    ``files`` has the index of each example's file. ``kind`` is that of the dataset.

    The merged hit has no place, as it is about the dataset; its first rows are related. Hits of a policy that keeps
    their places say its words, if any.
    """
    for index, policy in _policies(rules, hits):
        hits = _merged(hits, index, policy, files, is_meant=kind == policy.kind)
        if policy.learned and kind == EVALUATION:
            hits = _as(hits, _of_keys(index, policy.learned), Severity.INFO)
    return hits


def find_meant(hits: pl.DataFrame, rules: Sequence[Active], size: int, kind: Kind) -> Meant:
    """Return the policies by which :func:`merge_policies` merges hits in ``size`` examples because of the ``kind``."""
    found: Meant = []
    for index, policy in _policies(rules, hits):
        if policy.kind != kind:
            continue
        rows = hits.filter(_of_policy(index, policy) & pl.col("at").is_not_null())["at"].n_unique()
        if rows and (_is_exceeded(policy, rows, size) or _are_all(rows, size)):
            found.append((index, policy))
    return found


def without_meant(hits: pl.DataFrame, meant: Meant) -> pl.DataFrame:
    """Return the hits without those of intended examples, which no fix changes."""
    for index, policy in meant if hits.width else ():
        hits = hits.filter(~_of_policy(index, policy))
    return hits


def _policies(rules: Sequence[Active], hits: pl.DataFrame) -> Iterator[tuple[int, Policy]]:
    """Yield the policies of rules that have hits, each with the index of its rule."""
    for index in distinct(hits["rule"].to_numpy()).tolist() if hits.width else ():
        policy = rules[index].rule.policy if 0 <= index < len(rules) else None
        for each in policy if isinstance(policy, tuple) else () if policy is None else (policy,):
            yield index, each


def _merged(hits: pl.DataFrame, index: int, policy: Policy, files: pl.Series, *, is_meant: bool) -> pl.DataFrame:
    size = len(files)
    if policy.rare and size >= policy.rare_least:
        hits = _milder(hits, index, policy, size)
    mine = _of_policy(index, policy)
    places = hits.filter(mine & pl.col("at").is_not_null())["at"].unique().sort()
    rows = len(places)
    if not (_is_exceeded(policy, rows, size) or (is_meant and _are_all(rows, size))):
        return _of_files(hits, mine, policy, files) if rows >= policy.least and policy.file_words else hits
    if policy.placed and not is_meant:
        if policy.words and policy.example:
            return _with_first(hits, mine, policy.words, files)
        return _saying(hits, mine, policy.words) if policy.words else hits
    message = (
        f"{rows:,} of {size:,} examples ({percent(rows / size)}) {policy.kind_words if is_meant else policy.words}"
    )
    if policy.example and not is_meant:
        message += f"; the first {hits.filter(mine & (pl.col('at') == places[0]))['message'][0]}"
    one = dict.fromkeys(hits.columns) | {
        "rule": index,
        "severity": (Severity.INFO if is_meant else policy.severity).value,
        "message": excerpt(message, LENGTHS["message"]),
        "key": "policy",
        "fixable": False,
        "rewritable": False,
        "related": [{"at": row, "similarity": None, "evaluation": False} for row in places.head(_SHOWN)],
    }
    return pl.concat([hits.filter(~mine), pl.DataFrame([one], schema=hits.schema)])


def _of_policy(index: int, policy: Policy) -> pl.Expr:
    """Return the condition for the hits that a policy is about."""
    if policy.key:
        return _of_keys(index, policy.key)
    mine = pl.col("rule") == index
    return mine & ~_of_keys(index, policy.learned) if policy.learned else mine


def _is_exceeded(policy: Policy, rows: int, size: int) -> bool:
    many = policy.many is not None and rows >= policy.many
    return size >= policy.least and rows <= policy.most * size and (many or rows > policy.share * size)


def _are_all(rows: int, size: int) -> bool:
    """Return whether all examples have hits, as in a small set of a kind that explains them."""
    return 1 < rows == size


def _saying(hits: pl.DataFrame, mine: pl.Expr, words: str) -> pl.DataFrame:
    said = pl.when(mine).then(pl.lit(excerpt(words, LENGTHS["message"]))).otherwise("message")
    return hits.with_columns(said.cast(hits.schema["message"]).alias("message"))


def _with_first(hits: pl.DataFrame, mine: pl.Expr, words: str, files: pl.Series) -> pl.DataFrame:
    """Return hits with the policy's words, and behind them the message of the first hit of their file and key."""
    numbered = hits.with_row_index("hit")
    some = numbered.filter(mine & pl.col("at").is_not_null()).sort("at", "hit")
    some = some.select(
        "hit",
        "message",
        files.gather(some["at"]).alias("file"),
        pl.col("path").cast(pl.String).str.replace_all(INDICES, "[*]").alias("key"),
    )
    first = some.select("hit", pl.col("message").first().over("file", "key"))
    said = [excerpt(f"{words}; the first: {each}", LENGTHS["message"]) for each in first["message"]]
    messages = hits["message"].scatter(first["hit"], pl.Series(said, dtype=hits.schema["message"]))
    return hits.with_columns(messages)


def _of_files(hits: pl.DataFrame, mine: pl.Expr, policy: Policy, files: pl.Series) -> pl.DataFrame:
    """Return hits with the policy's message for files in which more examples than its share have one."""
    at = hits.filter(mine & pl.col("at").is_not_null())["at"].unique()
    sizes = files.value_counts(name="size").rename({files.name: "file"})
    found = files.gather(at).value_counts(name="found").rename({files.name: "file"})
    over = found.join(sizes, on="file").filter(
        (pl.col("size") >= policy.least) & (pl.col("found") > policy.share * pl.col("size"))
    )
    if over.is_empty():
        return hits
    rows = files.is_in(over["file"].implode()).arg_true()
    return _saying(hits, mine & pl.col("at").is_in(rows.implode()), policy.file_words)


def _milder(hits: pl.DataFrame, index: int, policy: Policy, size: int) -> pl.DataFrame:
    """Return hits with warnings instead of errors for those of a rule's rare keys, if few examples have one."""
    mine = _of_keys(index, policy.rare) & (pl.col("severity").fill_null("error") == "error")
    rows = hits.filter(mine & pl.col("at").is_not_null())["at"].n_unique()
    if not 0 < rows <= policy.rare_share * size:
        return hits
    return _as(hits, mine, Severity.WARNING)


def _of_keys(index: int, keys: tuple[str, ...]) -> pl.Expr:
    return (pl.col("rule") == index) & pl.col("key").is_in(keys).fill_null(value=False)


def _as(hits: pl.DataFrame, mine: pl.Expr, severity: Severity) -> pl.DataFrame:
    """Return hits with another severity for some of them."""
    new = pl.when(mine).then(pl.lit(severity.value)).otherwise("severity").cast(hits.schema["severity"])
    return hits.with_columns(new.alias("severity"))

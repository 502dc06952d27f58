"""Adds to hits, once, the rule's code, name and severity, and the file, line, row and fingerprint."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import polars as pl

from datalint.core.finding import Severity
from datalint.engine.map.hits import INTERNAL_ERROR
from datalint.engine.map.index import content_hash
from datalint.engine.plan import Active

INTERNAL: Final = ("INT001", "internal-error")


def place_hits(hits: pl.DataFrame, rules: Sequence[Active], examples: pl.DataFrame) -> pl.DataFrame:
    """Return hits with ``code``, ``name`` and ``severity`` of their rule, their place, and ``exact``, the row's hash.

    ``file``, ``line`` and ``row`` are those of the hit's record, else its own. ``rule`` stays the rule's index. ``fix``
    is the safety of the rule's fix, null where there is none, or it does not apply.
    """
    known = pl.DataFrame(
        {
            "rule": [*range(len(rules)), INTERNAL_ERROR],
            "code": [*(active.rule.code for active in rules), INTERNAL[0]],
            "name": [*(active.rule.name for active in rules), INTERNAL[1]],
            "default": [*(active.severity.value for active in rules), Severity.ERROR.value],
            "fix": [*(None if (fix := active.rule.fix) is None else fix.safety.value for active in rules), None],
        },
        schema_overrides={"rule": pl.Int32, "fix": pl.String},
    )
    table = (
        hits.join(known, on="rule", how="left", maintain_order="left")
        .with_columns(pl.coalesce("severity", "default").alias("severity"), pl.when("fixable").then("fix").alias("fix"))
        .drop("default", "fixable")
    )
    if not examples.height:
        return table.with_columns(pl.lit(None, dtype=pl.UInt64).alias("exact"))
    # Rows are numbered by their position, so that a column's values are looked up instead of joined.
    at = table["at"]
    found = {name: examples[name].gather(at) for name in (*_PLACE, "exact")}
    places = [pl.coalesce(pl.lit(found[name].cast(pl.Int64)), pl.col(name)).alias(name) for name in _PLACE]
    return table.with_columns(*places, found["exact"].alias("exact"))


_PLACE: Final = ("file", "line", "row")


def with_fingerprints(hits: pl.DataFrame) -> pl.DataFrame:
    """Return placed hits with ``fingerprint``: a hash of the rule, the row's content and the path.

    For hits without a record, their key replaces the content, or their message if they have no key.
    """
    columns = hits.select("code", "exact", "path", "message", "excerpt", "key")
    marks = [
        content_hash(code, path, key, *((exact,) if exact is not None else (message, shown) if key is None else ()))
        for code, exact, path, message, shown, key in columns.iter_rows()
    ]
    return hits.with_columns(pl.Series("fingerprint", marks, dtype=pl.String))

"""Adds to hits, once, the rule's code, name and severity, and the file, line, row and fingerprint."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import numpy as np
import polars as pl

from datalint.core.finding import Severity
from datalint.core.fix import Action, Safety
from datalint.engine.map.hits import INTERNAL_ERROR
from datalint.engine.map.index import content_hash
from datalint.engine.plan import Active
from datalint.support.distinct import distinct

INTERNAL: Final = ("INT001", "internal-error")


def place_hits(hits: pl.DataFrame, rules: Sequence[Active], examples: pl.DataFrame) -> pl.DataFrame:
    """Return hits with ``code``, ``name`` and ``severity`` of their rule, their place, and ``exact``, the row's hash.

    ``file``, ``line`` and ``row`` are those of the hit's record, else its own. ``rule`` stays the rule's index. ``fix``
    is the safety of the fix, null where there is none, or it does not apply: what is removed or edited has a place.
    """
    if not hits.height:
        return _nothing_placed(tuple(hits.schema.items())).clone()
    return _placed(hits, rules, examples)


@lru_cache(maxsize=8)
def _nothing_placed(columns: tuple[tuple[str, pl.DataType], ...]) -> pl.DataFrame:
    """Return the table of no hits: most runs have one, of the map half or of the dataset rules."""
    return _placed(pl.DataFrame(schema=dict(columns)), (), pl.DataFrame())


def _placed(hits: pl.DataFrame, rules: Sequence[Active], examples: pl.DataFrame) -> pl.DataFrame:
    # One row for each rule that has hits, and the last one for the error of a rule. Looked up, and columns added or
    # dropped in place: a join and each query have a fixed cost, which counts where there are few hits.
    numbers = distinct(hits["rule"].to_numpy())
    fired = [rules[number] for number in numbers.tolist() if number != INTERNAL_ERROR]
    known = pl.DataFrame(
        {
            "code": [*(active.rule.code for active in fired), INTERNAL[0]],
            "name": [*(active.rule.name for active in fired), INTERNAL[1]],
            "default": [*(active.severity.value for active in fired), Severity.ERROR.value],
            "fix": [*(None if (fix := active.rule.fix) is None else fix.safety.value for active in fired), None],
            "wanted": [*map(_place_of, fired), 0],
        },
        schema_overrides={"fix": pl.String, "wanted": pl.Int8},
    )
    rule = hits["rule"].to_numpy()
    place = np.searchsorted(numbers[numbers != INTERNAL_ERROR], rule)
    table = hits.hstack(known[np.where(rule == INTERNAL_ERROR, len(fired), place)])
    safe = pl.when("rewritable").then(pl.lit(Safety.SAFE.value)).otherwise("fix")
    given = pl.col("at").is_not_null() * 2 + pl.col("line").is_not_null()
    applies = pl.col("fixable") & (pl.col("rewritable") | (given >= pl.col("wanted")))
    made = [pl.coalesce("severity", "default").alias("severity"), pl.when(applies).then(safe).alias("fix")]
    if examples.height:
        # Rows are numbered by their position.
        found = examples.select(pl.col(*_PLACE, "exact").gather(hits["at"]))
        made += [pl.coalesce(pl.lit(found[name].cast(pl.Int64)), pl.col(name)).alias(name) for name in _PLACE]
        made.append(pl.lit(found["exact"]).alias("exact"))
    else:
        made.append(pl.lit(None, dtype=pl.UInt64).alias("exact"))
    table = table.with_columns(made)
    for name in ("default", "wanted", "fixable", "rewritable"):
        table.drop_in_place(name)
    return table


def _place_of(active: Active) -> int:
    """Return what the fix of a rule needs: 2 for a row, 1 for a row or line, 0 for a file."""
    action = None if active.rule.fix is None else active.rule.fix.action
    return 2 if action in (Action.EDIT, Action.KEEP_ONE) else int(action is Action.REMOVE)


_PLACE: Final = ("file", "line", "row")


def with_fingerprints(hits: pl.DataFrame) -> pl.DataFrame:
    """Return placed hits with ``fingerprint``: a hash of the rule, the row's content and the path.

    For hits without a record, their key replaces the content. If they have no key, their message does on a line that
    is no row; on a file or the dataset as a whole, their number among those of the rule, so that a fingerprint
    depends neither on counts in a message nor on its words.
    """
    columns = (hits[name] for name in ("code", "file", "exact", "line", "path", "message", "excerpt", "key"))
    numbers: Counter[tuple[str, int | None, str | None]] = Counter()
    marks = []
    for code, file, exact, line, path, message, shown, key in zip(*columns, strict=True):
        content: tuple[str | int | None, ...] = ()
        if exact is not None:
            content = (exact,)
        elif key is None and line is not None:
            content = (message, shown)
        elif key is None:
            content = ("dataset" if file is None else "file", numbers[code, file, path])
            numbers[code, file, path] += 1
        marks.append(content_hash(code, path, key, *content))
    return hits.hstack([pl.Series("fingerprint", marks, dtype=pl.String)])

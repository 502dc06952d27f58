"""Partial results become one: associative, in file and line order, so any number of workers gives the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from datalint.core.record import FileFacts
from datalint.engine.hits import INTERNAL_ERROR, HitTable
from datalint.engine.mapping import Partial, internal_error
from datalint.engine.plan import Plan
from datalint.sources import merge_facts

if TYPE_CHECKING:
    from datalint.neardup import Sketches


@dataclass(slots=True)
class Merged:
    """A split as a whole: ``examples`` in file and line order with ``file``, physical ``line`` and ``row``.

    ``hits["at"]`` are indices into ``examples``; hits without a record carry ``file`` and ``line`` themselves.
    ``kept`` are all records, where they are few.
    """

    files: list[FileFacts]
    examples: pl.DataFrame
    hits: pl.DataFrame
    sketches: Sketches | None
    measured: dict[int, Any]
    kept: list[dict[str, Any]] | None = None


def merge(parts: Sequence[tuple[FileFacts, Sequence[Partial]]], plan: Plan) -> Merged:
    """Merge the partials of every file; ``parts[i]`` is file ``i``'s own facts and its chunks in order."""
    files: list[FileFacts] = []
    frames: list[pl.DataFrame] = []
    hits: list[pl.DataFrame] = []
    sketches: list[Sketches] = []
    measured: dict[int, Any] = {}
    failed = HitTable(0)
    base = 0
    for number, (whole, chunks) in enumerate(parts):
        files.append(merge_facts([*(chunk.facts for chunk in chunks), whole]))
        lines = rows = 0
        for chunk in chunks:
            height = chunk.examples.height
            frames.append(
                chunk.examples.with_columns(
                    pl.lit(number, dtype=pl.UInt16).alias("file"),
                    pl.col("line") + lines,
                    (pl.int_range(height, dtype=pl.UInt32) + (rows + 1)).alias("row"),
                )
            )
            if chunk.hits.height:
                hits.append(chunk.hits.with_columns(pl.col("at") + base, pl.lit(number, dtype=pl.Int64).alias("file")))
            if chunk.sketches is not None:
                sketches.append(chunk.sketches)
            _join(chunk.measured, measured, plan, failed)
            base += height
            rows += height
            lines += chunk.facts.lines
    if len(failed):
        hits.append(failed.frame().with_columns(pl.lit(None, dtype=pl.Int64).alias("file")))
    examples = _ordered(pl.concat(frames, how="diagonal")) if frames else pl.DataFrame()
    return Merged(
        files=files,
        examples=examples.rechunk(),
        hits=pl.concat(hits) if hits else pl.DataFrame(),
        sketches=_concat(sketches),
        measured=measured,
    )


def _ordered(examples: pl.DataFrame) -> pl.DataFrame:
    """Put the columns that rows bring (``category:…``, ``review:…``) in order, whichever chunk had them first."""
    named = sorted(name for name in examples.columns if ":" in name)
    return examples.select(*(name for name in examples.columns if ":" not in name), *named)


def _join(partials: dict[int, Any], measured: dict[int, Any], plan: Plan, failed: HitTable) -> None:
    """Merge what dataset rules measured in one more chunk into ``measured``."""
    for index, partial in partials.items():
        active = plan.rules[index]
        try:
            measured[index] = (
                active.rule.merge_function(measured[index], partial)
                if index in measured and active.rule.merge_function is not None
                else partial
            )
        except Exception as error:
            failed.add(INTERNAL_ERROR, internal_error(active, error))


def _concat(sketches: list[Sketches]) -> Sketches | None:
    if not sketches:
        return None
    from datalint.neardup import Sketches as Kind

    return Kind.concat(sketches) if len(sketches) > 1 else sketches[0]

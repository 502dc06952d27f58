"""Partial results become one: associative, in file and line order, so any number of workers gives the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from datalint.core.record import FileFacts
from datalint.engine.mapping import Partial
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
            for index, partial in chunk.measured.items():
                measured[index] = _join(plan, index, measured[index], partial) if index in measured else partial
            base += height
            rows += height
            lines += chunk.facts.lines
    examples = pl.concat(frames, how="diagonal") if frames else pl.DataFrame()
    return Merged(
        files=files,
        examples=examples.rechunk(),
        hits=pl.concat(hits) if hits else pl.DataFrame(),
        sketches=_concat(sketches),
        measured=measured,
    )


def _join(plan: Plan, index: int, one: Any, other: Any) -> Any:
    merge_function = plan.rules[index].rule.merge_function
    if merge_function is None:
        raise TypeError(f"rule {plan.rules[index].rule.code} measures but has no merge function")
    return merge_function(one, other)


def _concat(sketches: list[Sketches]) -> Sketches | None:
    if not sketches:
        return None
    from datalint.neardup import Sketches as Kind

    return Kind.concat(sketches) if len(sketches) > 1 else sketches[0]

"""Hits as rows of a table: what the map half sends back instead of finding objects."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import polars as pl

from datalint.core.rule import Hit

#: The ``rule`` of a hit that tells of a rule which raised.
INTERNAL_ERROR: Final = -1

RELATED: Final = pl.List(pl.Struct({"at": pl.Int64, "similarity": pl.Float64, "evaluation": pl.Boolean}))
#: ``rule`` is the rule's index in the plan, ``severity`` the hit's own where it has one, ``at`` the row's index;
#: ``line`` and ``row`` are for hits without a record.
SCHEMA: Final = pl.Schema(
    {
        "rule": pl.Int32(),
        "severity": pl.String(),
        "at": pl.Int64(),
        "line": pl.Int64(),
        "row": pl.Int64(),
        "path": pl.String(),
        "message": pl.String(),
        "excerpt": pl.String(),
        "key": pl.String(),
    }
)


class HitTable:
    """Collects hits; turns into a frame once."""

    def __init__(self) -> None:
        self._rows: list[tuple[Any, ...]] = []
        self._related: list[tuple[int, int, float | None, bool]] = []

    def __len__(self) -> int:
        return len(self._rows)

    def add(self, rule: int, hit: Hit, *, at: int | None = None, excerpt: str | None = None) -> None:
        """Add one hit of rule number ``rule``; ``at`` is the row index where the hit itself has none."""
        number = len(self._rows)
        self._related += [(number, other, similarity, False) for other, similarity in hit.related]
        self._related += [(number, other, similarity, True) for other, similarity in hit.related_eval]
        self._rows.append(
            (
                rule,
                hit.severity.value if hit.severity is not None else None,
                hit.at if hit.at is not None else at,
                hit.line,
                hit.row,
                hit.path,
                hit.message,
                hit.excerpt if hit.excerpt is not None else excerpt,
                hit.key,
            )
        )

    def extend(self, rule: int, hits: Iterable[Hit]) -> None:
        """Add every hit of a rule."""
        for hit in hits:
            self.add(rule, hit)

    def frame(self) -> pl.DataFrame:
        """Return the hits in the order they were added, with ``related`` (null where there is none)."""
        frame = pl.DataFrame(self._rows, schema=SCHEMA, orient="row")
        if not self._related:
            return frame.with_columns(pl.lit(None, dtype=RELATED).alias("related"))
        columns = {"hit": pl.Int64, "at": pl.Int64, "similarity": pl.Float64, "evaluation": pl.Boolean}
        flat = pl.DataFrame(self._related, schema=columns, orient="row")
        lists = flat.group_by("hit", maintain_order=True).agg(
            pl.struct("at", "similarity", "evaluation").alias("related")
        )
        return frame.with_row_index("hit").cast({"hit": pl.Int64}).join(lists, on="hit", how="left").drop("hit")

"""Hits as rows of a table: what the map half sends back instead of finding objects."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from datalint.core.rule import Hit

if TYPE_CHECKING:
    import polars as pl

#: rule (index in the plan, or the internal-error marker), severity rank override, row index, file line and row
#: for hits without a record, and the words.
_NAMES: Final = ("rule", "severity", "at", "line", "row", "path", "message", "excerpt", "key", "related")
INTERNAL_ERROR: Final = -1


class HitTable:
    """Collects hits; turns into a frame once."""

    def __init__(self) -> None:
        self._rows: list[tuple[Any, ...]] = []

    def __len__(self) -> int:
        return len(self._rows)

    def add(self, rule: int, hit: Hit, *, at: int | None = None, excerpt: str | None = None) -> None:
        """Add one hit of rule number ``rule``; ``at`` is the row index where the hit itself has none."""
        related = [(other, similarity, False) for other, similarity in hit.related]
        related += [(other, similarity, True) for other, similarity in hit.related_eval]
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
                [dict(zip(("at", "similarity", "evaluation"), each, strict=True)) for each in related],
            )
        )

    def extend(self, rule: int, hits: Iterable[Hit]) -> None:
        """Add every hit of a rule."""
        for hit in hits:
            self.add(rule, hit)

    def frame(self) -> pl.DataFrame:
        """Return the hits as a frame, in the order they were added."""
        import polars as pl

        schema = {
            "rule": pl.Int32,
            "severity": pl.String,
            "at": pl.Int64,
            "line": pl.Int64,
            "row": pl.Int64,
            "path": pl.String,
            "message": pl.String,
            "excerpt": pl.String,
            "key": pl.String,
            "related": pl.List(
                pl.Struct({"at": pl.Int64, "similarity": pl.Float64, "evaluation": pl.Boolean})
            ),
        }
        return pl.DataFrame(self._rows, schema=schema, orient="row")

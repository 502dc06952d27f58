"""Turn and example rules: all expressions in one pass over a chunk, and words only for what fired."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

import polars as pl

from datalint.core.columns import Examples, Turns
from datalint.core.rule import Hit
from datalint.engine.hits import INTERNAL_ERROR, SEEN, HitTable, internal_error
from datalint.engine.plan import Active

#: What several rules have in common is evaluated once; ``frame.with_columns`` alone would do so for each.
_ONCE: Final = pl.QueryOptFlags.none(comm_subexpr_elim=True)


class Expressions:
    """The expressions of rules over one unit (turns or examples), made once and evaluated for every chunk.

    ``excerpt_of`` returns what is shown of a row of the unit's frame.
    """

    def __init__(
        self,
        rules: Sequence[tuple[int, Active]],
        unit: Turns | Examples,
        excerpt_of: Callable[[dict[str, Any]], str],
    ) -> None:
        self._rules = dict(rules)
        self._excerpt_of = excerpt_of
        self._expressions: list[pl.Expr] = []
        self._failed: list[Hit] = []
        for index, active in rules:
            try:
                expression = active.rule.function(unit, active.options).fill_null(False).alias(str(index))
                self._expressions.append(expression)
            except Exception as error:
                self._failed.append(internal_error(active, error))

    def run(self, frame: pl.DataFrame, hits: HitTable) -> None:
        """Add to ``hits`` what fires in the turns or examples of a chunk."""
        for failed in self._failed:
            hits.add(INTERNAL_ERROR, failed)
        if frame.height == 0 or not self._expressions:
            return
        for column in self._evaluate(frame, hits):
            # Asking first is quick, and where they are takes a query.
            if column.any():
                fired = column.arg_true()
                self._word(int(column.name), frame[fired], fired, hits)

    def _evaluate(self, frame: pl.DataFrame, hits: HitTable) -> Iterator[pl.Series]:
        """Evaluate all in one pass; if one raises, each on its own, so that the others still count."""
        try:
            yield from _columns(frame, self._expressions)
        except Exception:
            for expression in self._expressions:
                active = self._rules[int(expression.meta.output_name())]
                try:
                    yield from _columns(frame, [expression])
                except Exception as error:
                    hits.add(INTERNAL_ERROR, internal_error(active, error))

    def _word(self, index: int, fired: pl.DataFrame, positions: pl.Series, hits: HitTable) -> None:
        active = self._rules[index]
        rule = active.rule
        for position, row in zip(positions, fired.iter_rows(named=True), strict=True):
            at = row.get("example", position)
            try:
                hit = rule.message if rule.detail_function is None else rule.detail_function(row, active.options)
                if hit is None:
                    continue
                if isinstance(hit, str):
                    hit = Hit(hit, path=row.get("path"))
                elif isinstance(hit, Hit) and hit.path is None:
                    hit.path = row.get("path")
                hits.add(index, hit, at=at, shown=self._excerpt_of(row))
            except Exception as error:
                hits.add(INTERNAL_ERROR, internal_error(active, error), at=at)


def _columns(frame: pl.DataFrame, expressions: Sequence[pl.Expr]) -> list[pl.Series]:
    # Not select: there an expression that gives one value for the whole chunk would stand for one row or for
    # all of them, as it is evaluated alone or beside others.
    evaluated = frame.lazy().with_columns(expressions).collect(optimizations=_ONCE, engine="in-memory")
    columns = evaluated.get_columns()[frame.width :]
    for column in columns:
        if column.dtype != pl.Boolean:
            raise TypeError(f"its expression gives {column.dtype}, not true or false")
    return columns


def turn_excerpt(row: dict[str, Any]) -> str:
    """Return what is shown of a turn."""
    return str(row["text"][:SEEN])


def example_excerpt(row: dict[str, Any]) -> str:
    """Return what is shown of an example."""
    return str((row["prompt"] or row["response"])[:SEEN])

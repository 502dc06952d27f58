"""Turn and example rules: all expressions in one pass over a chunk; messages are made only for matches."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any, Final

import polars as pl

from datalint.core.columns import Examples, Turns
from datalint.core.rule import Hit, Options
from datalint.engine.map.hits import INTERNAL_ERROR, HitTable, beginning, internal_error, may_hold_secret
from datalint.engine.plan import Active
from datalint.privacy.redaction import Fragments

#: Evaluates common subexpressions of several rules once; ``frame.with_columns`` would evaluate them for each rule.
_ONCE: Final = pl.QueryOptFlags.none(comm_subexpr_elim=True)

#: Names under which a turn's row has the texts of earlier turns, each with a function that selects these turns by role
#: and by whether they are prompts.
_BEFORE: Final[dict[str, Callable[[str, bool], bool]]] = {
    "prompt": lambda role, is_prompt: is_prompt or role == "tool",
    "system": lambda role, _: role in ("system", "developer"),
}
#: The names under which a row has its record, and a turn the texts of all turns of its row.
_RECORD: Final = "record"
_TEXTS: Final = "texts"


class Expressions:
    """The expressions of rules over one unit (turns or examples), built once and evaluated for every chunk.

    ``texts`` names the columns of the unit's frame that contain text of the row. The first one that is not empty is
    shown.
    """

    def __init__(self, rules: Sequence[tuple[int, Active]], unit: Turns | Examples, texts: Sequence[str]) -> None:
        self._rules = dict(rules)
        self._texts = texts
        self._expressions: list[pl.Expr] = []
        self._failed: list[Hit] = []
        for index, active in rules:
            try:
                self._expressions.append(_expression(active, unit).alias(str(index)))
            except Exception as error:
                self._failed.append(internal_error(active, error))

    def run(self, frame: pl.DataFrame, hits: HitTable, records: Sequence[dict[str, Any]]) -> None:
        """Add the hits in the turns or examples of a chunk, whose rows are ``records``, to ``hits``."""
        for failed in self._failed:
            hits.add(INTERNAL_ERROR, failed)
        if frame.height == 0 or not self._expressions:
            return
        # Checking first is fast; finding the positions takes a query.
        columns = [column for column in self._evaluate(frame, hits) if column.any()]
        if not columns:
            return
        secrets = _Secrets(frame, columns, self._texts)
        for column in columns:
            fired = column.arg_true()
            self._word(int(column.name), frame, fired, secrets, hits, records)

    def _evaluate(self, frame: pl.DataFrame, hits: HitTable) -> Iterator[pl.Series]:
        """Evaluate all expressions in one pass; if one raises, evaluate each separately, so that the others still
        count."""
        try:
            yield from _columns(frame, self._expressions)
        except Exception:
            for expression in self._expressions:
                active = self._rules[int(expression.meta.output_name())]
                try:
                    yield from _columns(frame, [expression])
                except Exception as error:
                    hits.add(INTERNAL_ERROR, internal_error(active, error))

    def _word(
        self,
        index: int,
        frame: pl.DataFrame,
        positions: pl.Series,
        secrets: _Secrets,
        hits: HitTable,
        records: Sequence[dict[str, Any]],
    ) -> None:
        active = self._rules[index]
        rule = active.rule
        for position, values in zip(positions, frame[positions].iter_rows(named=True), strict=True):
            row = FrameRow(values, frame, position, records)
            at = row.get("example", position)
            private = secrets.of(position, row)
            try:
                hit = rule.message if rule.detail_function is None else rule.detail_function(row, active.options)
                if hit is None:
                    continue
                if isinstance(hit, str):
                    hit = Hit(hit, path=row.get("path"))
                elif isinstance(hit, Hit) and hit.path is None:
                    hit.path = row.get("path")
                hits.add(index, hit, at=at, shown=self._beginning(row), secrets=private)
            except Exception as error:
                hits.add(INTERNAL_ERROR, internal_error(active, error), at=at, secrets=private)

    def _beginning(self, row: dict[str, Any]) -> str:
        return beginning(next((row[name] for name in self._texts if row[name]), ""))


class FrameRow(dict[str, Any]):
    """The columns of one row at which a rule fired, and its record; for a turn also the texts of the others of its row.

    Earlier turns are joined only on demand.
    """

    def __init__(
        self, values: dict[str, Any], frame: pl.DataFrame, position: int, records: Sequence[dict[str, Any]]
    ) -> None:
        super().__init__(values)
        self._frame = frame
        self._position = position
        self._records = records

    def having(self, text: str) -> FrameRow:
        """Return the same turn with another text."""
        return FrameRow({**self, "text": text, "chars": len(text)}, self._frame, self._position, self._records)

    def __missing__(self, name: str) -> Any:
        if name == _RECORD:
            return self._records[self.get("example", self._position)]
        if name == _TEXTS:
            rows = self._frame["example"]
            first, last = (rows.search_sorted(self["example"], side) for side in ("left", "right"))
            return frozenset(self._frame["text"][first:last])
        if name not in _BEFORE:
            raise KeyError(name)
        # Columns are cut one by one: a query for the rows takes twenty times as long.
        start, turns = self._position - self["turn"], self["turn"]
        # As lists, since iterating over a series takes far longer.
        columns = (
            self._frame.get_column(column).slice(start, turns).to_list() for column in ("role", "is_prompt", "text")
        )
        is_before = _BEFORE[name]
        self[name] = text = "\n".join(
            text for role, prompt, text in zip(*columns, strict=True) if is_before(role, prompt)
        )
        return text


class _Secrets:
    """The secrets in the texts of the rows of a frame at which any rule fired."""

    def __init__(self, frame: pl.DataFrame, columns: Sequence[pl.Series], texts: Sequence[str]) -> None:
        self._texts = texts
        fired = pl.DataFrame(columns).select(pl.any_horizontal(pl.all())).to_series().arg_true()
        doubtful = pl.any_horizontal(may_hold_secret(pl.col(name)) for name in texts)
        mask = frame.select(pl.col(*texts).gather(fired)).select(doubtful).to_series()
        self._rows: dict[int, Fragments | None] = dict.fromkeys(fired.filter(mask))

    def of(self, position: int, row: dict[str, Any]) -> Fragments | None:
        """Return the secrets of the row at ``position``; None if there are none."""
        if position not in self._rows:
            return None
        found = self._rows[position]
        if found is None:
            found = self._rows[position] = Fragments(row[name] for name in self._texts)
        return found


def _expression(active: Active, unit: Turns | Examples) -> pl.Expr:
    """Return the expression of a rule, from a cache if an earlier run with the same options has built it."""
    function, options = active.rule.function, active.options
    try:
        hash(options)
    except TypeError:  # a list or table among them
        return _built.__wrapped__(function, unit, options)
    return _built(function, unit, options)


@lru_cache(maxsize=256)
def _built(function: Callable[..., pl.Expr], unit: Turns | Examples, options: Options) -> pl.Expr:
    return function(unit, options).fill_null(False)


def _columns(frame: pl.DataFrame, expressions: Sequence[pl.Expr]) -> list[pl.Series]:
    # Not select: there, an expression that returns one value for the whole chunk would become one row or all of them,
    # depending on the other expressions.
    evaluated = frame.lazy().with_columns(expressions).collect(optimizations=_ONCE, engine="in-memory")
    columns = evaluated.get_columns()[frame.width :]
    for column in columns:
        if column.dtype != pl.Boolean:
            raise TypeError(f"its expression returns {column.dtype}, not true or false")
    return columns

"""Notes on the part of a dataset that a model reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import polars as pl

from datalint.support.numbers import counted, percent

if TYPE_CHECKING:
    from datalint.engine.plan import Plan

#: Rows that lose all that is learned, up to which they are named.
_NAMED: Final = 3


def model_notes(examples: pl.DataFrame, plan: Plan) -> list[str]:
    """Return how many rows the model's template renders and their tokens, and then what a maximum length cuts off.

    ``examples`` have the columns of :data:`datalint.models.rows.SCHEMA` if a model rendered them.
    """
    if plan.model is None or "unended" not in examples.columns or examples.is_empty():
        return []
    # What was not rendered has nothing in any of these columns.
    made = examples.filter(pl.col("unended").is_not_null())
    start = f"{plan.model.name} reads {made.height:,} of {examples.height:,} rows"
    if made.is_empty():
        return [f"{start}: its template renders none"]
    total = int(made["model_tokens"].cast(pl.Int64).sum() or 0)
    if not total:
        return [f"{start}; their tokens are not counted" + (f": {plan.model.lacks}" if plan.model.lacks else "")]
    said = f"{start}: {total:,} tokens, {_learned(made)}"
    limit = plan.max_length or plan.model.length
    if limit is None:
        longest = made["longest"].to_list()
        return [f"{said}; the longest row has {max(filter(None, longest), default=0):,}"]
    long = made.filter(pl.col("longest") > limit)
    return [f"{said}; no row is longer than {limit:,}"] if long.is_empty() else [said, _cut(made, long, limit)]


def _learned(made: pl.DataFrame) -> str:
    """Return the share of the tokens that carry loss, as far as it is known."""
    known = made.filter(pl.col("trained_tokens").is_not_null())
    unknown = made.filter(pl.col("trained_tokens").is_null() & pl.col("model_tokens").is_not_null()).height
    unclear = f"its template does not show which part of {counted(unknown, 'row')} is the answer" if unknown else ""
    if known.is_empty():
        return unclear
    share = int(known["trained_tokens"].cast(pl.Int64).sum()) / max(int(known["model_tokens"].cast(pl.Int64).sum()), 1)
    return ", ".join(filter(None, (f"{percent(share)} with loss", unclear)))


def _cut(made: pl.DataFrame, long: pl.DataFrame, limit: int) -> str:
    """Return which rows lose all or a part of their answer, and how many tokens the rows need."""
    whole = long.filter(pl.col("loss_first") >= limit)
    part = long.filter((pl.col("loss_first") < limit) & (pl.col("loss_end") > limit)).height
    losses = [f"{_rows(whole)} {'loses its' if whole.height == 1 else 'lose their'} answer"] if whole.height else []
    losses += [f"{counted(part, 'row')} {'loses' if part == 1 else 'lose'} the end of the answer"] if part else []
    where = "" if long["trained_tokens"].null_count() else " after the answer"
    after = f"{counted(long.height, 'row')} {'is' if long.height == 1 else 'are'} cut{where}"
    lost = " and ".join(losses) or after
    most, greatest = (int(made["longest"].quantile(share, "higher") or 0) for share in (0.99, 1.0))
    needed = f"99 % of the rows need {most:,}, the longest {greatest:,}" if most < greatest else f"rows need {most:,}"
    return f"at {limit:,} tokens {lost}; {needed}"


def _rows(rows: pl.DataFrame) -> str:
    """Return the numbers of a few rows of one file, otherwise how many there are."""
    if rows.height > _NAMED or rows["file"].n_unique() > 1 or rows["file"][0] != 0:
        return counted(rows.height, "row")
    return ("row " if rows.height == 1 else "rows ") + ", ".join(f"{row}" for row in rows["row"])

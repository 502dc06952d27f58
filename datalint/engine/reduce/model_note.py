"""Says in a sentence what a model reads of a dataset."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from datalint.support.numbers import percent

if TYPE_CHECKING:
    from datalint.engine.plan import Plan


def model_note(examples: pl.DataFrame, plan: Plan) -> str | None:
    """Return how many rows the model's template renders, their tokens, and what a maximum length cuts off.

    ``examples`` have the columns of :data:`datalint.models.rows.SCHEMA` if a model rendered them.
    """
    if plan.model is None or "unended" not in examples.columns or examples.is_empty():
        return None
    # What was not rendered has nothing in any of these columns.
    made = examples.filter(pl.col("unended").is_not_null())
    start = f"{plan.model.name} reads {made.height:,} of {examples.height:,} rows"
    total = int(made["model_tokens"].cast(pl.Int64).sum() or 0)
    if not total:
        return f"{start}; their tokens are not counted"
    trained = int(made["trained_tokens"].cast(pl.Int64).sum() or 0)
    said = f"{start}: {total:,} tokens, {percent(trained / total)} with loss"
    limit = plan.max_length or plan.model.length
    if limit is None:
        longest = made["longest"].to_list()
        return f"{said}; the longest row has {max(filter(None, longest), default=0):,}"
    long = made.filter(pl.col("longest") > limit)
    if long.is_empty():
        return f"{said}; no row is longer than {limit:,}"
    unanswered = long.filter(pl.col("loss_first") >= limit).height
    part = long.filter((pl.col("loss_first") < limit) & (pl.col("loss_end") > limit)).height
    most, greatest = (int(made["longest"].quantile(share, "higher") or 0) for share in (0.99, 1.0))
    needed = (
        f"99 % of the rows need {most:,}, and the longest {greatest:,}"
        if most < greatest
        else f"rows need {greatest:,}"
    )
    return f"{said}; answers cut off at {limit:,} tokens: {unanswered:,} whole, {part:,} in part; {needed}"

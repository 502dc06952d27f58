"""Long responses where nearly all others are one of a few labels."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import polars as pl

from datalint.api import Dataset, Hit, percent
from datalint.rules.common.texts.other_tasks import other_tasks

#: Labels: the most there are, and their greatest length.
_MOST_LABELS: Final = 20
_LABEL_CHARS: Final = 40


def texts_among_labels(data: Dataset, *, min_share: float, min_responses: int, most: int) -> Iterator[Hit]:
    """Yield a hit at each long response where the others are labels, for ``most`` of them."""
    if data.examples.height < min_responses:
        return
    columns = ("response_hash", "response_chars", "is_preference", "has_tool_calls", "shape")
    rows = (
        data.examples.select(columns)
        .with_row_index("at")
        .filter(
            (pl.col("response_chars") > 0)
            & ~pl.col("is_preference")
            & ~pl.col("has_tool_calls")
            & (pl.col("shape") != "unknown")
        )
    )
    # With so many different ones, the most common ones are too few: a group for each takes longer than counting them.
    if rows["response_hash"].n_unique() > _MOST_LABELS + 1 + (1 - min_share) * rows.height:
        return
    counts = rows.group_by("response_hash").agg(pl.len(), pl.col("response_chars").first()).sort("len", descending=True)
    labels = counts.filter((pl.col("len") >= max(3, rows.height // 100)) & (pl.col("response_chars") <= _LABEL_CHARS))
    covered = int(labels["len"].sum())
    if not 1 < labels.height <= _MOST_LABELS or covered < max(min_share * rows.height, min_responses):
        return
    longest = int(labels["response_chars"].max())  # type: ignore[arg-type]
    # Rows of another shape are reported by mixed-shapes.
    labelled = rows.filter(pl.col("response_hash").is_in(labels["response_hash"].implode()))["shape"].unique()
    odd = rows.filter(
        (pl.col("response_chars") > max(3 * longest, _LABEL_CHARS)) & pl.col("shape").is_in(labelled.implode())
    )
    others = other_tasks(data, odd["at"].to_list())
    for at in [at for at in odd["at"] if at not in others][:most]:
        share = percent(covered / rows.height)
        yield Hit(f"a text, unlike {share} of the responses, which are one of {labels.height} labels", at=at)

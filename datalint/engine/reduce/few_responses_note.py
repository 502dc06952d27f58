"""A note on rows with different prompts that have few different long responses, as reworded questions have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import polars as pl

from datalint.core.kind import SFT

if TYPE_CHECKING:
    from datalint.records.dataset import Dataset

#: Rows at least, and estimated tokens of a response from which it is no label.
_LEAST: Final = 100
_LONG: Final = 10
#: The most different responses, and the least different prompts, for each row.
_RESPONSES: Final = 0.1
_PROMPTS: Final = 0.5


def few_responses_note(dataset: Dataset) -> str | None:
    """Return a note if nearly all rows have a long response, few of these are different, and most prompts are.

    None otherwise. Where responses are labels, balance says how many there are.
    """
    examples = dataset.examples
    if dataset.kind != SFT or dataset.size < _LEAST:
        return None
    is_read = (examples["response_chars"] > 0) & ~examples["is_preference"] & ~examples["has_tool_calls"]
    rows = examples.filter(is_read).select("prompt_hash", "response_hash", "response_tokens")
    if rows.height < max(_LEAST, dataset.size / 2) or rows["prompt_hash"].n_unique() < _PROMPTS * rows.height:
        return None
    counts = rows.group_by("response_hash").agg(pl.len(), pl.col("response_tokens").first())
    different = counts.height
    long = int((counts["response_tokens"] >= _LONG).sum())
    if different > _RESPONSES * rows.height or 2 * long < different:
        return None
    if dataset.category is not None and len(dataset.category.counts) == different:
        return None
    most: int = max(counts["len"].to_list())
    return (
        f"responses: {rows.height:,} rows have {different:,} different ones, up to {most:,} rows the same: volume"
        " counts the rows"
    )

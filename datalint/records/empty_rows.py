"""Rows in which there is nothing to learn from, as their texts are empty."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

from datalint.core.columns import ROLE_LETTERS

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: The share of examples from which empty prompts are what a dataset is meant to have.
BY_DESIGN: Final = 0.9
#: The columns of examples that :func:`empty_rows` needs.
EMPTY_COLUMNS: Final = (
    "roles", "prompt_chars", "response_chars", "response_hash", "has_system", "has_media", "has_tool_calls",
    "is_preference", "shape",
)  # fmt: skip


def empty_rows(examples: pl.DataFrame) -> NDArray[np.bool_]:
    """Return which rows say nothing: rows with turns but without a text, and answers to an empty or missing prompt.

    If nearly all rows have an empty prompt, they are plain texts under the keys of prompt and response. An answer whose
    prompt is missing, as it is null, counts only if another row of the same shape gives it to a prompt.
    """
    # By column, as a query has a fixed cost, and most data has no such row.
    nothing = (examples["prompt_chars"] == 0) & ~examples["has_media"] & ~examples["has_tool_calls"]
    if not nothing.any():
        return np.zeros(examples.height, np.bool_)
    no_response, roles = examples["response_chars"] == 0, examples["roles"]
    unasked = nothing & ~no_response & ~examples["has_system"] & ~examples["is_preference"]
    empty = unasked & roles.str.contains(ROLE_LETTERS["user"], literal=True)
    missing = unasked & (roles == ROLE_LETTERS["assistant"])
    rows: NDArray[np.bool_] = (nothing & no_response & (roles != "")).to_numpy()
    if 0 < empty.sum() < BY_DESIGN * examples.height:
        rows = rows | empty.to_numpy()
    if missing.any() and (has_prompt := examples["prompt_chars"] > 0).any():
        answers = examples.select(answer=pl.struct("shape", "response_hash")).to_series()
        asked = answers.is_in(answers.filter(has_prompt).unique().implode())
        rows = rows | (missing & asked).to_numpy()
    return rows

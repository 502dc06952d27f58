"""Views of rows: the normalised texts that the search for near-duplicates compares."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import polars as pl

from datalint.engine.map.index import by_runs, system_marks
from datalint.neardup import normalize
from datalint.shapes.example import example_text

if TYPE_CHECKING:
    from datalint.neardup.compiled.written import Kernels


def view_parts(
    examples: pl.DataFrame,
    records: Sequence[dict[str, Any]],
    view: str,
    kernels: Kernels | None = None,
    normal: list[pl.Series] | None = None,
) -> list[pl.Series]:
    """Return the normalised texts that near-duplicates compare, one series for each part of the view.

    ``normal`` are the normalised prompts and responses if they have been computed.
    """
    if view == "example":
        texts = pl.Series("example", [example_text(value) for value in records], dtype=pl.String)
        return [normalize(texts, kernels)]
    if view == "context":
        return context_parts(examples, kernels)
    names = ("prompt", "response")
    if view != "pair":
        return [normal[names.index(view)] if normal is not None else normalize(examples[view], kernels)]
    # Rows with different labels or rubrics are no near-duplicates, but they have one context.
    mark = _marks(examples) ^ examples["labels"]
    prompts, responses = normal or [normalize(examples[name], kernels) for name in names]
    # Rows with neither prompt nor response have nothing to compare, even if they share a system prompt.
    nothing = (prompts.str.len_bytes() == 0) & (responses.str.len_bytes() == 0)
    return [prompts, responses, _as_text(mark).set(nothing, "")]


def context_parts(
    examples: pl.DataFrame, kernels: Kernels | None = None, normal: pl.Series | None = None
) -> list[pl.Series]:
    """Return the normalised prompts and, as a hash, everything around them except the response.

    ``normal`` are the normalised prompts if they have been computed.
    """
    return [normalize(examples["prompt"], kernels) if normal is None else normal, _as_text(_marks(examples))]


def _marks(examples: pl.DataFrame) -> pl.Series:
    # A separate part: rows that differ in the system prompt, an image, a tool or a loss weight are never
    # near-duplicates. It is hashed, since a long system prompt that all rows share would make all sketches similar.
    return examples["surroundings"] ^ by_runs(examples["system"], system_marks)


def _as_text(mark: pl.Series) -> pl.Series:
    return mark.cast(pl.String).set(mark == 0, "")

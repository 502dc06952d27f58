"""The figures of a dataset, as frozen values."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from datalint.support.classes import frozen

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from datalint.privacy.display import FileName, Shown
    from datalint.stats.packing import Packed


@frozen
class Spread:
    """The distribution of one number over the examples that have it: characters, tokens or turns."""

    total: int
    mean: float
    p50: int
    p90: int
    p95: int
    p99: int
    max: int

    @classmethod
    def of(cls, values: NDArray[np.int64]) -> Spread:
        """Return the distribution of ``values``; zeros for no values."""
        if not len(values):
            return cls(0, 0.0, 0, 0, 0, 0, 0)
        p50, p90, p95, p99 = (int(part) for part in np.percentile(values, (50, 90, 95, 99), method="lower"))
        return cls(int(values.sum()), round(float(values.mean()), 1), p50, p90, p95, p99, int(values.max()))


@frozen
class Histogram:
    """Counts of a number in bins between ``edges``, which are even on a logarithmic scale; zeros are not counted."""

    edges: tuple[int, ...]
    counts: tuple[int, ...]


@frozen
class RoleFigures:
    """Characters and tokens of one role, over the examples that have any."""

    chars: Spread
    tokens: Spread


@frozen
class FileRows:
    """The rows of one file."""

    path: FileName
    rows: int
    refused: int


@frozen
class CategoryCounts:
    """The values of the category key, the most common first; ``others`` are the values that are not listed."""

    key: Shown
    values: tuple[tuple[Shown, int], ...]
    others: int
    missing: int


@frozen
class Truncation:
    """What a maximum length does with the rows.

    ``whole`` rows fit. In ``cut_prompt`` rows everything that is learned is cut off, in ``cut_response`` rows some of
    it, in ``cut_end`` rows only text after it. ``dropped`` rows can't be rendered with the template.
    """

    max_length: int
    whole: int
    cut_prompt: int
    cut_response: int
    cut_end: int
    dropped: int


@frozen
class LengthEffect:
    """The rows that fit in a maximum length, and the share of all tokens that remain if longer ones are cut.

    ``cut_prompt`` and ``cut_response`` are as in :class:`Truncation`, None without a model.
    """

    length: int
    whole: int
    tokens_left: float
    cut_prompt: int | None = None
    cut_response: int | None = None


@frozen
class TrainingCost:
    """What a provider charges for training on ``tokens`` (of all epochs), at a price that was read on ``as_of``.

    ``stale`` is true for a price that is more than 180 days old. ``amount`` is in ``currency``.
    """

    provider: Shown
    model: Shown
    tokens: int
    amount: float
    currency: Shown
    per_million: float
    as_of: datetime.date
    stale: bool
    source: Shown


@frozen
class Stats:
    """The figures of a dataset.

    Tokens are counted with ``model``, or estimated if it is None; ``lacks`` says what a model that was named lacks to
    count them. ``by_role`` has characters and tokens by role, without what the template adds. ``languages`` counts the
    languages of ``identified`` examples, which are spread over all, the most common first; those of the others can't be
    said. ``trained`` counts the tokens that carry loss, without those of ``unmasked`` rows, of which that is not known.
    ``length_99`` is the least maximum length at which 99 % of the rows fit. ``billed`` is the number of tokens of
    all epochs, after cutting and packing. ``costs`` are None if no price was asked for. ``exact`` says that tokens are
    counted without a model, as rows are token ids.
    """

    files: tuple[FileRows, ...]
    rows: int
    shapes: tuple[tuple[Shown, int], ...]
    kind: str
    turns: Spread
    roles: Mapping[str, int]
    with_system: int
    system_prompts: int
    with_tools: int
    with_tool_calls: int
    with_media: int
    preferences: int
    prompts: int
    responses: int
    category: CategoryCounts | None
    by_role: Mapping[str, RoleFigures]
    languages: tuple[tuple[str, int], ...]
    identified: int
    prompt_chars: Spread
    response_chars: Spread
    tokens: Spread
    trained: int
    unmasked: int
    histograms: Mapping[str, Histogram]
    lengths: tuple[LengthEffect, ...]
    length_99: int
    billed: int
    epochs: float
    model: Shown | None = None
    lacks: Shown | None = None
    truncation: Truncation | None = None
    packing: Packed | None = None
    steps: int | None = None
    costs: tuple[TrainingCost, ...] | None = None
    exact: bool = False

    @property
    def about(self) -> str:
        """What is before a number of tokens: ``about `` for an estimate."""
        return "" if self.model is not None or self.exact else "about "

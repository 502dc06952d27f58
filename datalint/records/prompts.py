"""Prompts that many examples share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import polars as pl

from datalint.support.duplicates import repeated
from datalint.support.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from datalint.records.dataset import Dataset

#: Examples with one prompt from which it is common. The share of fewer is over a tenth in fewer than 30 examples alone,
#: where it is chance, or what a few rejected answers to each prompt make.
_LEAST = 4
#: The gate for the share of examples that have one prompt, and the limit where the profile has none.
_GATE: Final = "prompt-concentration"
SHARE: Final = 0.1
#: Prompts over the limit that are reported, and examples from which on one is in any part of the data.
REPORTED: Final = 5
_ASKED: Final = 20


class CommonPrompt(NamedTuple):
    """A prompt that several examples have: the first of them, and their number."""

    first: int
    examples: int


class Prompts(NamedTuple):
    """The prompts that at least four examples share, the most common first, and how many examples have a prompt.

    Examples that repeat another count once. A prompt is everything that the model reads: one instruction over different
    inputs, contexts or images is several prompts.
    """

    common: Sequence[CommonPrompt]
    examples: int

    def largest_share(self, accepted: Collection[int] = ()) -> float | None:
        """Return the share of examples with the most common prompt: 0 if none is common, None without prompts.

        Prompts whose first example is ``accepted`` do not count.
        """
        if not self.examples:
            return None
        return max((each.examples for each in self.common if each.first not in accepted), default=0) / self.examples


def prompts_of(data: Dataset) -> Prompts:
    """Return the prompts that many examples of a dataset share, for :meth:`~datalint.records.dataset.Dataset.once`."""
    return common_prompts(data.examples)


def limit_of(data: Dataset, otherwise: float = SHARE) -> float:
    """Return the share of examples that may have one prompt by the profile, ``otherwise`` where it has no limit."""
    return next((each for each in data.limits.get(_GATE, ()) if each is not None), otherwise)


def asked_everywhere(data: Dataset) -> frozenset[int]:
    """Return the hashes of prompts that so many examples share that any division has them on both sides.

    This is a function for :meth:`~datalint.records.dataset.Dataset.once`.
    """
    prompts = data.once(prompts_of)
    least = max(limit_of(data) * prompts.examples, _ASKED - 1)
    contexts = data.examples["context"]
    return frozenset(contexts[each.first] for each in prompts.common[:REPORTED] if each.examples > least)


def common_prompts(examples: pl.DataFrame) -> Prompts:
    """Return the prompts that many of ``examples`` share."""
    rows = examples[["context", "normalized"]].with_row_index("i")
    has_prompt = examples["prompt_chars"] > 0
    if not has_prompt.all():
        rows = rows.filter(has_prompt)
    if rows.height and repeated(rows["normalized"]).any():
        rows = rows.unique("normalized", keep="first", maintain_order=True)
    shared = repeated(rows["context"])
    if not shared.any():
        return Prompts((), rows.height)
    counts = (
        rows.filter(shared)
        .group_by("context", maintain_order=True)
        .agg(pl.col("i").first(), pl.len().cast(pl.Int64).alias("examples"))
        .filter(pl.col("examples") >= _LEAST)
        .sort("examples", descending=True, maintain_order=True)
    )
    return Prompts([CommonPrompt(*each) for each in counts.select("i", "examples").iter_rows()], rows.height)

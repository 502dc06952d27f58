"""What rules of duplicates share: duplicate numbers of a column, and rows that are equal by chance."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import polars as pl

from datalint.api import ROLE_LETTERS, Dataset, Group
from datalint.support.duplicates import repeated

__all__ = ["repeated", "without_chance"]

#: The share of examples from which empty prompts are what a dataset is meant to have.
BY_DESIGN: Final = 0.9
USER_LETTER: Final = ROLE_LETTERS["user"]
_UNKNOWN: Final = "unknown"
#: Rows that are looked at.
_LOOKED_AT: Final = 100
#: Words, and characters of a script without spaces, from which on a text is more than a name or a label.
_WORDS: Final = 2
_CHARS: Final = 8


def without_chance(data: Dataset, groups: Iterable[Group]) -> list[Group]:
    """Return groups of equal rows without those of unknown shape that have no sentence, or with an empty prompt.

    Scores, and the words of sentences that have a row each, are equal by chance, and are no examples. Rows whose prompt
    is empty, or that have no turn, are equal because of that, which other rules report.
    """
    found = _without_told(data, list(groups))
    shapes = data.examples["shape"].gather([group.rows[0] for group in found])
    unknown = [group.rows[0] for group, shape in zip(found, shapes, strict=True) if shape == _UNKNOWN]
    if not unknown or any(map(_has_sentence, data.records(unknown[:_LOOKED_AT]))):
        return found
    left_out = frozenset(unknown)
    return [group for group in found if group.rows[0] not in left_out]


def _without_told(data: Dataset, groups: list[Group]) -> list[Group]:
    """Return groups without those of rows whose prompt is empty, unless the dataset is meant to have such prompts."""
    nothing = (pl.col("prompt_chars") == 0) & ~pl.col("has_media") & ~pl.col("has_tool_calls")
    asked = nothing & pl.col("roles").str.contains(USER_LETTER, literal=True) & (pl.col("response_chars") > 0)
    lost = nothing & (pl.col("response_chars") == 0) & ~pl.col("valid")
    columns = data.examples.select(asked.alias("asked"), (asked | lost).alias("told"))
    if not columns["told"].any() or columns["asked"].sum() >= BY_DESIGN * data.size:
        return groups
    told = columns["told"]
    return [group for group in groups if not told[group.rows[0]]]


def _has_sentence(value: Any) -> bool:
    """Whether a value of a row is a text of some words, or has one in it."""
    if isinstance(value, str):
        words = any(map(str.isalpha, value)) and len(value.split()) >= _WORDS
        return words or (not value.isascii() and len(value) >= _CHARS)
    if isinstance(value, dict):
        return any(map(_has_sentence, value.values()))
    return isinstance(value, list) and any(map(_has_sentence, value))

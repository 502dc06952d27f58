"""Emoji of a dataset that an encoder wrote as question marks, one for each of their four bytes."""

from __future__ import annotations

from collections import Counter
from typing import Final

import polars as pl

from datalint.api import Chunk, NamedTuple, excerpt
from datalint.support.lazy_pattern import lazy_pattern

#: Bytes of an emoji, the question marks of two of them, and an emoji.
_BYTES: Final = 4
_TWO: Final = "?" * (2 * _BYTES)
_RUN: Final = lazy_pattern(r"\?{8,400}")
_EMOJI: Final = "[\U0001f000-\U0001faff]"
#: Runs of two or more lost emoji, and the share of runs of such a length: people who ask often write any number.
_LEAST: Final = 20
_SHARE: Final = 0.8


class Runs(NamedTuple):
    """Rows, runs of question marks as long as for whole emoji and all others, and the first such place and its text."""

    rows: int
    whole: int = 0
    others: int = 0
    emoji: bool = False
    first: int | None = None
    text: str = ""

    @property
    def are_emoji(self) -> bool:
        """Whether nearly all are as long as for whole emoji, and there is no emoji that was kept."""
        return not self.emoji and self.whole >= max(_LEAST, _SHARE * (self.whole + self.others))


def find_runs(chunk: Chunk) -> Runs:
    """Count the runs of question marks of a chunk."""
    found = chunk.turns.filter(pl.col("text").str.contains_any([_TWO])).select("example", "text")
    if found.is_empty():
        return Runs(chunk.examples.height)
    lengths = Counter(len(run) % _BYTES == 0 for text in found["text"] for run in _RUN.findall(text))
    example, text = found.row(0)
    at = text.index(_TWO)
    shown = excerpt(text, 40, start=max(at - 20, 0), stop=at + 20)
    kept = bool(chunk.turns["text"].str.contains(_EMOJI).any())
    return Runs(chunk.examples.height, lengths[True], lengths[False], kept, example, shown)


def joined_runs(one: Runs, other: Runs) -> Runs:
    """Put two partials one after the other."""
    first = (one.first, one.text)
    if one.first is None and other.first is not None:
        first = (other.first + one.rows, other.text)
    sums = (one.rows + other.rows, one.whole + other.whole, one.others + other.others, one.emoji or other.emoji)
    return Runs(*sums, *first)

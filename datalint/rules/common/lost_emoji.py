"""Emoji of a dataset that an encoder wrote as question marks, one for each of their four bytes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final

import polars as pl

from datalint.api import Chunk, NamedTuple, excerpt
from datalint.support.lazy_pattern import lazy_pattern

#: Bytes of an emoji, what texts with runs have, runs as long as two emoji or more, runs directly after a word, and an emoji.
_BYTES: Final = 4
_MARKS: Final = "??"
_LONG: Final = lazy_pattern(r"\?{8,400}")
_ATTACHED: Final = lazy_pattern(r"(?<=\w)\?{2,400}")
_EMOJI: Final = "[\U0001f000-\U0001faff]"
#: Runs of lost emoji, and the share of runs of such a length: people who ask write any number, and most often two or three.
_LEAST: Final = 20
_SHARE: Final = 0.8


class Runs(NamedTuple):
    """Rows, long runs of question marks as long as for whole emoji and all others, and the first such place and its text.

    ``attached`` and ``asking`` are the same two counts of runs that stand directly after a word.
    """

    rows: int
    whole: int = 0
    others: int = 0
    attached: int = 0
    asking: int = 0
    emoji: bool = False
    first: int | None = None
    text: str = ""

    @property
    def lost(self) -> int:
        """How many runs are lost emoji: as long as for whole ones, as nearly all are, where no emoji was kept."""
        pairs = ((self.whole, self.others), (self.attached, self.asking))
        found = (whole for whole, others in pairs if whole >= max(_LEAST, _SHARE * (whole + others)))
        return 0 if self.emoji else max(found, default=0)


def find_runs(chunk: Chunk) -> Runs:
    """Count the runs of question marks of a chunk."""
    found = chunk.turns.filter(pl.col("text").str.contains_any([_MARKS])).select("example", "text")
    whole, others = _counted(found["text"], _LONG)
    attached, asking = _counted(found["text"], _ATTACHED)
    if not whole and not attached:
        return Runs(chunk.examples.height, others=others, asking=asking)
    example, text = next(row for row in found.iter_rows() if "?" * _BYTES in row[1])
    at = text.index("?" * _BYTES)
    shown = excerpt(text, 40, start=max(at - 20, 0), stop=at + 20)
    kept = bool(chunk.turns["text"].str.contains(_EMOJI).any())
    return Runs(chunk.examples.height, whole, others, attached, asking, kept, example, shown)


def _counted(texts: Iterable[str], runs: re.Pattern[str]) -> tuple[int, int]:
    """Return how many runs are as long as for whole emoji, and how many are not."""
    lengths = Counter(len(run) % _BYTES == 0 for text in texts for run in runs.findall(text))
    return lengths[True], lengths[False]


def joined_runs(one: Runs, other: Runs) -> Runs:
    """Put two partials one after the other."""
    first = (one.first, one.text)
    if one.first is None and other.first is not None:
        first = (other.first + one.rows, other.text)
    long = (one.whole + other.whole, one.others + other.others)
    after_words = (one.attached + other.attached, one.asking + other.asking)
    return Runs(one.rows + other.rows, *long, *after_words, one.emoji or other.emoji, *first)

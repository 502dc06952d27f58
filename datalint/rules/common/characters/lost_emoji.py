"""Emoji of a dataset that an encoder wrote as question marks, one for each of their four bytes."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

import polars as pl

from datalint.api import Chunk, NamedTuple, excerpt
from datalint.rules.common.frames import picked
from datalint.support.lazy_pattern import lazy_pattern

#: Bytes of an emoji, what texts with runs have, runs as long as two emoji or more, and runs directly after a word.
_BYTES: Final = 4
_MARKS: Final = "??"
_LONG: Final = lazy_pattern(r"\?{8,400}")
_ATTACHED: Final = lazy_pattern(r"(?<=\w)\?{2,400}")
#: How UTF-8 begins emoji, U+1F000 to U+1FFFF.
_EMOJI: Final = b"\xf0\x9f"
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
    text = pl.col("text")
    # In every chunk, so that it does not matter where chunks end.
    wide = text.filter(pl.col("chars") != text.str.len_bytes())
    kept = chunk.turns.select(wide.cast(pl.Binary).bin.contains(_EMOJI).any()).item()
    counts: Counter[tuple[re.Pattern[str], bool]] = Counter()
    first, shown = None, ""
    marked = chunk.turns["text"].str.contains_any([_MARKS])
    for example, said in picked(chunk.turns, marked, "example", "text").iter_rows():
        for pattern in (_LONG, _ATTACHED):
            for run in pattern.finditer(said):
                is_whole = len(run.group()) % _BYTES == 0
                counts[pattern, is_whole] += 1
                if is_whole and first is None:
                    first, shown = example, excerpt(said, 40, start=max(run.start() - 20, 0), stop=run.start() + 20)
    long, attached = ((counts[pattern, True], counts[pattern, False]) for pattern in (_LONG, _ATTACHED))
    return Runs(chunk.examples.height, *long, *attached, emoji=bool(kept), first=first, text=shown)


def joined_runs(one: Runs, other: Runs) -> Runs:
    """Put two partials one after the other."""
    first = (one.first, one.text)
    if one.first is None and other.first is not None:
        first = (other.first + one.rows, other.text)
    long = (one.whole + other.whole, one.others + other.others)
    after_words = (one.attached + other.attached, one.asking + other.asking)
    return Runs(one.rows + other.rows, *long, *after_words, one.emoji or other.emoji, *first)

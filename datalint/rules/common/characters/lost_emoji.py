"""Emoji of a dataset that an encoder wrote as question marks, one for each of their four bytes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Final

import polars as pl

from datalint.api import Chunk, NamedTuple, excerpt
from datalint.rules.common.frames import picked
from datalint.support.lazy_pattern import lazy_pattern

#: Bytes of an emoji, what texts with runs have, the runs of a text, and the least marks of one as long as two emoji.
_BYTES: Final = 4
_MARKS: Final = "??"
#: It begins with a mark, not with its repetition, so that Python looks for that at the speed of memory.
_RUN: Final = lazy_pattern(r"\?\?{1,399}")
_LONG: Final = 8
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
    counts: Counter[tuple[Callable[..., bool], bool]] = Counter()
    first, shown = None, ""
    marked = chunk.turns["text"].str.contains_any([_MARKS])
    for example, said in picked(chunk.turns, marked, "example", "text").iter_rows():
        runs = [run.span() for run in _RUN.finditer(said)]
        for is_kind in (_is_long, _is_attached):
            for start, end in runs:
                if not is_kind(said, start, end):
                    continue
                is_whole = (end - start) % _BYTES == 0
                counts[is_kind, is_whole] += 1
                if is_whole and first is None:
                    first, shown = example, excerpt(said, 40, start=max(start - 20, 0), stop=start + 20)
    long, attached = ((counts[is_kind, True], counts[is_kind, False]) for is_kind in (_is_long, _is_attached))
    return Runs(chunk.examples.height, *long, *attached, emoji=bool(kept), first=first, text=shown)


def _is_long(text: str, start: int, end: int) -> bool:
    """Whether a run of marks is as long as two emoji."""
    return end - start >= _LONG


def _is_attached(text: str, start: int, end: int) -> bool:
    """Whether a run of marks stands directly after a word."""
    before = text[start - 1 : start]
    return before.isalnum() or before == "_"


def joined_runs(one: Runs, other: Runs) -> Runs:
    """Put two partials one after the other."""
    first = (one.first, one.text)
    if one.first is None and other.first is not None:
        first = (other.first + one.rows, other.text)
    long = (one.whole + other.whole, one.others + other.others)
    after_words = (one.attached + other.attached, one.asking + other.asking)
    return Runs(one.rows + other.rows, *long, *after_words, one.emoji or other.emoji, *first)

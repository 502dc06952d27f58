"""Lines of a text that are repeated by design: refrains, headings, and signs alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

from datalint.support.distinct import distinct
from datalint.support.lazy_pattern import lazy_pattern
from datalint.support.word_scripts import spaceless_letters

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from datalint.engine.execute.row_reader import Reader

#: Words and characters of a heading at most, and its characters in scripts without spaces.
_WORDS: Final = 8
CHARS: Final = 60
_SPACELESS: Final = 8
#: How many times the characters of a heading the text after it has, and the share of its places where it does.
_LONGER: Final = 3
MOSTLY: Final = 0.5
#: Headings that repeat in a text at least, if it has any, and groups of equal lines that are read.
LEAST: Final = 10
_MOST: Final = 20_000
#: Lines of a passage that is a copy: more than a verse or chorus has.
PASSAGE: Final = 12
#: Lines after which a refrain is repeated at the latest, share of the lines that are refrains at most, and those of
#: several lines that show by themselves that a text has verses, with their share of what repeats.
_VERSES: Final = 60
_SUNG: Final = 0.3
_REFRAINS: Final = 10
_USUALLY: Final = 0.8
#: A line of punctuation marks, dashes, bullets and other signs, but not of emoji.
_ORNAMENT: Final = lazy_pattern(r"(?:[^\w\u2600-\u2766\u2768-\uffff\U00010000-\U0010ffff]|_){1,200}")
#: Characters of such a line at most: a ruler may be as wide as a page.
_RULER: Final = 200


def refrains_of(first: NDArray[np.int64], *, known: bool) -> NDArray[np.bool_]:
    """Return which lines are repeated soon after other ones, as in songs.

    Where it is not ``known`` that the lines have an order, most of what repeats must be several lines that are
    repeated in their order: copies of single rows do not, and those of a whole list come later.
    """
    size = len(first)
    none = np.zeros(size, np.bool_)
    order = np.argsort(first, kind="stable")
    before = np.full(size, -1, np.int64)
    same = first[order][1:] == first[order][:-1]
    before[order[1:][same]] = order[:-1][same]
    again = before >= 0
    way = np.where(again, np.arange(size) - before, 0)
    near = (way > 1) & (way <= _VERSES)
    if not near.any() or near.sum() > _SUNG * size:
        return none
    # Numbers each run of lines that are repeated after as many lines.
    run = np.cumsum(np.append(True, way[1:] != way[:-1]) | ~near)
    lengths = np.bincount(run[near], minlength=int(run[-1]) + 1)
    near &= lengths[run] < PASSAGE
    if known:
        return near
    several = near & (lengths[run] > 1)
    enough = len(distinct(run[several])) >= _REFRAINS and several.sum() >= _USUALLY * again.sum()
    return near if enough else none


def headings_of(
    examples: pl.DataFrame, reader: Reader, anchors: NDArray[np.int64], repeats: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Return which of the ``repeats`` are headings: few words, and mostly a longer text in the next line.

    A text has several of them: one short line that repeats may be anything.
    """
    chars = examples["response_chars"].to_numpy().astype(np.int64)
    follows = np.append(chars[1:], 0) >= _LONGER * chars
    firsts = distinct(anchors[repeats])
    firsts = firsts[chars[firsts] <= CHARS][:_MOST]
    texts = reader.texts(firsts.tolist())
    few = firsts[[_is_short(text.response) for text in texts]] if len(firsts) else firsts
    mine = repeats & np.isin(anchors, few)
    # The first of the equal lines has a place too.
    places, totals = (np.bincount(anchors[rows], minlength=len(anchors)) for rows in (mine & follows, mine))
    mostly = places + follows > MOSTLY * (totals + 1)
    headings: NDArray[np.bool_] = mine & mostly[anchors]
    return headings if headings.sum() >= LEAST else np.zeros_like(headings)


def signs_of(
    examples: pl.DataFrame, reader: Reader, anchors: NDArray[np.int64], repeats: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Return which of the ``repeats`` are lines of signs, such as stand between two sections; emoji are texts."""
    firsts = distinct(anchors[repeats])
    firsts = firsts[examples["response_chars"].to_numpy()[firsts] <= _RULER][:_MOST]
    texts = reader.texts(firsts.tolist()) if len(firsts) else ()
    only = [first for first, text in zip(firsts, texts, strict=True) if _ORNAMENT.fullmatch(text.response)]
    signs: NDArray[np.bool_] = repeats & np.isin(anchors, only)
    return signs


def _is_short(text: str) -> bool:
    """Whether a line is of a few words, or of a few characters in a script without spaces."""
    return len(text.split()) <= _WORDS and spaceless_letters(text) <= _SPACELESS

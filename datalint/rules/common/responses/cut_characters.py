"""Responses and plain texts that a limit of characters cut: of one length, or with an ellipsis."""

from __future__ import annotations

import re
from typing import Final

import polars as pl

from datalint.api import Dataset
from datalint.rules.common.responses.cut_cells import EXCEL, LEAST_CELLS
from datalint.rules.common.responses.cut_ends import TAIL, are_copies
from datalint.rules.common.responses.cut_texts import CutTexts

#: Characters of a text that is cut with an ellipsis.
_MIN_ELLIPTIC: Final = 100
#: Share of the responses, and how many, that have the length of the longest one, if that is a limit; and how many plain
#: texts.
_LEAST_SHARE: Final = 0.01
_LEAST_SAME: Final = 10
_LEAST_TEXTS: Final = 4
#: Share of the texts of one length that end without a mark, if that is a limit: a few end a sentence by chance.
_MOST_OPEN: Final = 0.7
#: Responses of one length that are read.
_MOST_READ: Final = 400
#: The end of a sentence in prose.
_SENTENCE: Final = r"[^\W\d_]{2}[)\"”*]{0,3}(?:[.!?]\s|[。！？])"
#: The part of the texts that is long, the share of them that end in an ellipsis, and how many times as large a share as of
#: the others that is.
_LONG: Final = 5
_MOST: Final = 0.5
_CLEARLY: Final = 3


def of_one_length(
    data: Dataset, found: pl.DataFrame, what: str, *, min_chars: int, min_share: float
) -> CutTexts | None:
    """Return the texts that have the length of the longest one and end in the middle of a sentence or in an ellipsis.

    ``found`` has a row for each text, the longest first: its ``example``, its length ``chars``, and whether it is
    ``unended`` and ``elliptic``. None if they are few, or end otherwise. ``what`` they are is ``responses`` or ``texts``.
    """
    if found["chars"][0] < min(_MIN_ELLIPTIC, min_chars):
        return None
    longest = found.filter(pl.col("chars") == found["chars"][0]).sort("example")
    # A short label has no full stop either.
    is_cut = pl.col("elliptic") | (pl.col("unended") & (pl.col("chars") >= min_chars))
    cut = longest.filter(is_cut)["example"].to_list()
    responses = what == "responses"
    is_usual = responses and 2 * longest.height >= found.height
    if is_usual and len(cut) < _MOST_OPEN * longest.height:
        cut = _cut_prose(data, longest)
    elif longest.height < _least(found, what, min_share) or len(cut) < _MOST_OPEN * longest.height:
        return None
    if not cut or (responses and are_copies(data, cut)):
        return None
    return CutTexts(
        f"{longest.height:,} of the {found.height:,} {what} have exactly {longest['chars'][0]:,} characters, and none has "
        f"more; {len(cut):,} of these end without a full stop or the like: cut at a limit of characters?",
        cut,
        longest["chars"][0],
    )


def _least(found: pl.DataFrame, what: str, min_share: float) -> float:
    """Return how many texts have the length of the longest one, at least, if that is a limit."""
    if found["chars"][0] == EXCEL:
        return LEAST_CELLS
    if what == "responses":
        return max(_LEAST_SHARE * found.height, _LEAST_SAME)
    return max(min_share * found.height, _LEAST_TEXTS)


def _cut_prose(data: Dataset, longest: pl.DataFrame) -> list[int]:
    """Return the responses of the length that most have that end without a mark, if half do, and many are cut prose.

    Codes and grids of one length, such as hashes, are no prose: they have no sentence that ends before their last one.
    """
    cut = longest.filter(pl.col("elliptic") | pl.col("unended"))["example"].to_list()
    if longest.height < _LEAST_SAME or 2 * len(cut) < longest.height:
        return []
    read = cut[:: -(-len(cut) // _MOST_READ)]
    prose = sum(re.search(_SENTENCE, (text.chosen or text.response)[-TAIL:]) is not None for text in data.texts(read))
    return cut if 2 * prose >= len(read) else []


def with_ellipsis(data: Dataset, found: pl.DataFrame, what: str) -> CutTexts | None:
    """Return the texts of the longest fifth that end in an ellipsis after a letter, if most do, and few of the others.

    ``found`` is as for :func:`of_one_length`.
    """
    size = found.height // _LONG
    if found["chars"][size - 1] < _MIN_ELLIPTIC:
        return None
    long, short = found[:size].filter("elliptic"), found[size:].filter("elliptic")
    share, usual, cut = long.height / max(size, 1), short.height / (found.height - size), sorted(long["example"])
    if share < max(_MOST, _CLEARLY * usual) or are_copies(data, cut):
        return None
    return CutTexts(
        f'{long.height:,} of the {size:,} longest {what} ({found["chars"][size - 1]:,} characters or more) end in "..." '
        f"after a letter, {short.height:,} of {found.height - size:,} others: cut at a limit?",
        cut,
    )

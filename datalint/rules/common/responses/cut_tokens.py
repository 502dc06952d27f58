"""Responses that a limit of tokens cut: the long ones stop in the middle of a sentence, the short ones do not.

In each function, ``found`` has a row for each response, the longest first: its ``example``, its length ``chars``, whether
it is ``unended``, and whether it ``may`` be cut.
"""

from __future__ import annotations

from typing import Final

import polars as pl

from datalint.api import Dataset, NamedTuple
from datalint.rules.common.responses.cut_ends import TAIL, are_copies, cut_rows
from datalint.rules.common.responses.cut_lengths import cut_length, high_limit, low_limit, round_limit
from datalint.rules.common.responses.cut_texts import CutTexts
from datalint.rules.common.responses.endings import last_line
from datalint.rules.common.responses.open_ends import begins_sentence

#: The part of the responses that is long, how many of these must be cut at least, and how many are read of a side.
_LONG: Final = 5
_LEAST_CUT: Final = 4
_MOST_READ: Final = 400
#: How much more often than the others the long ones are cut, unless most of all are: then the share, and how much more.
_TIMES: Final = 2
_MOST: Final = 0.5
_MORE: Final = 1.2
#: The part that is long where a high limit cut few, how many of these must be cut and which share, and how much more often
#: than others.
_LONGEST: Final = 20
_LEAST_LONGEST: Final = 10
_LONGEST_SHARE: Final = 0.25
_CLEARLY_LONGEST: Final = 20
#: How many times as many of the responses from a length on as of the shorter ones end without a mark, if it is named.
_CLEARLY: Final = 3
#: Share of the responses without a mark at a low limit that stop in a new sentence after a whole one.
_MOST_BEGUN: Final = 0.7
#: Share of the responses without a mark, if few reached a limit, that clearly stop in the middle of a sentence: others do
#: so in a list.
_READ_AS_CUT: Final = 1 / 3


class _Sides(NamedTuple):
    """The longest responses and the rest, those that are read of either, and which of these are cut."""

    longest: pl.DataFrame
    rest: pl.DataFrame
    cut: list[int]
    cut_rest: list[int]


def at_usual_limit(data: Dataset, found: pl.DataFrame, *, min_chars: int, min_share: float) -> CutTexts | None:
    """Return the longest fifth of the responses that stop in the middle of a sentence or item, if many do.

    If a limit is so high that few responses reached it, the longest twentieth decides. None if the others stop there as
    often.
    """
    sides = _sides(data, found, max(found.height // _LONG, 1), min_chars, min_share)
    if not _are_often_cut(sides, min_share):
        sides = _sides(data, found, found.height // _LONGEST, min_chars, _LONGEST_SHARE)
        if not _are_clearly_cut(sides):
            return None
    said, cut = _said(sides, found, min_chars), sides.cut
    limit = round_limit(found, min_chars)
    if limit is not None:
        chars, at_limit = limit
        said = f"{said}, and {len(at_limit):,} with hardly less than {chars:,} characters end without a mark"
        cut = [*at_limit, *(row for row in cut if row not in set(at_limit))]
    return CutTexts(f"{said}: cut at a limit of {'tokens' if limit is None else 'characters'}?", cut)


def _are_often_cut(sides: _Sides, min_share: float) -> bool:
    share, usual = len(sides.cut) / sides.longest.height, len(sides.cut_rest) / max(sides.rest.height, 1)
    much = _TIMES * usual <= share or (share >= _MOST and share >= _MORE * usual)
    return len(sides.cut) >= _LEAST_CUT and share >= min_share and much


def _are_clearly_cut(sides: _Sides) -> bool:
    if len(sides.cut) < max(_LEAST_LONGEST, _LONGEST_SHARE * sides.longest.height):
        return False
    return _CLEARLY_LONGEST * len(sides.cut_rest) * sides.longest.height <= len(sides.cut) * sides.rest.height


def _said(sides: _Sides, found: pl.DataFrame, min_chars: int) -> str:
    """Return from which length on responses end without a mark, or how many of the longest are cut if that is unclear."""
    at = cut_length(found, min_chars)
    if at is not None and at.open_here / at.many >= max(_CLEARLY * at.open_there / at.fewer, 1 / 2):
        return at.said
    lengths = sides.longest["chars"]
    return (
        f"at least {len(sides.cut):,} of the {len(lengths):,} longest responses ({lengths[-1]:,} to {lengths[0]:,} "
        f"characters) stop in the middle of a sentence, {len(sides.cut_rest):,} of {sides.rest.height:,} others"
    )


def _sides(data: Dataset, found: pl.DataFrame, size: int, min_chars: int, least: float) -> _Sides:
    """Return the ``size`` longest responses and the rest, and which of them are cut.

    None counts as cut if one of the longest has fewer characters than ``min_chars``, or fewer than the ``least`` share of
    them may be cut.
    """
    longest, rest = found[: min(size, _MOST_READ)], found[size:]
    rest = rest[:: -(-rest.height // _MOST_READ) or 1]
    if not size or found["chars"][size - 1] < min_chars or longest["may"].sum() < least * longest.height:
        return _Sides(longest, rest, [], [])
    cut = cut_rows(data, longest)
    return _Sides(longest, rest, cut, cut_rows(data, rest) if len(cut) >= least * longest.height else [])


def at_low_limit(data: Dataset, found: pl.DataFrame, *, min_chars: int) -> CutTexts | None:
    """Return the responses that a limit of some tens of tokens cut, most of them in a new sentence after a whole one."""
    at = low_limit(found)
    if at is None or at.chars >= min_chars:
        return None
    cut = found.filter((pl.col("chars") >= at.chars) & pl.col("unended"))["example"].sort().to_list()
    read = cut[:: -(-len(cut) // _MOST_READ)]
    begun = sum(begins_sentence(last_line((text.chosen or text.response)[-TAIL:])) for text in data.texts(read))
    if begun < _MOST_BEGUN * len(read) or are_copies(data, cut):
        return None
    return CutTexts(f"{at.said}: cut at a limit of tokens?", cut)


def at_high_limit(data: Dataset, found: pl.DataFrame, *, min_chars: int) -> CutTexts | None:
    """Return the responses that a limit cut which only a few reached, if most of these are cut and hardly any shorter one."""
    at = high_limit(found, min_chars)
    if at is None:
        return None
    open_here = found.filter((pl.col("chars") >= at.chars) & pl.col("unended"))
    cut = cut_rows(data, open_here.head(_MOST_READ))
    if len(cut) < max(_READ_AS_CUT * min(open_here.height, _MOST_READ), _LEAST_CUT) or are_copies(data, cut):
        return None
    return CutTexts(f"{at.said}: cut at a limit of tokens?", cut)

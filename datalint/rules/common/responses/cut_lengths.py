"""The length from which on responses end without a mark, where a limit cut them."""

from __future__ import annotations

from typing import Final

import polars as pl

from datalint.api import NamedTuple

#: Characters from which on a limit of tokens may cut a response: the lowest are some tens of tokens.
LOW_CHARS: Final = 30
#: Shares of the responses of this length or more, and of the shorter ones, that end without a mark at a low limit.
_MOST_OPEN: Final = 0.6
_FEW_OPEN: Final = 0.1
#: Responses on either side of a low limit, and their share of all.
_LEAST: Final = 40
_LEAST_SHARE: Final = 0.1
#: How many times as long as the shortest of them nearly all are: lengths just below a limit are many.
_SPREAD: Final = 2
_NEARLY_ALL: Final = 0.95


#: Responses that reached a limit that few did, the shares of them and of the shorter ones that end without a mark, and
#: how many times as often they do: nearly all generated answers end with one.
_LEAST_HIGH: Final = 10
_MOST_OPEN_HIGH: Final = 0.5
_FEW_OPEN_HIGH: Final = 0.03
#: Limits of characters that programs have are multiples of this. Responses that reached one have up to so many characters
#: less, are so many at least, and so many times as many as those with as many characters more; and the share of them that
#: end without a mark.
_ROUND: Final = 50
_BELOW: Final = 10
_LEAST_ROUND: Final = 10
_DROP: Final = 4


class CutLength(NamedTuple):
    """A length, how many responses have it or more, how many of these end without a mark, and the same of the others."""

    chars: int
    many: int
    open_here: int
    fewer: int
    open_there: int

    @property
    def said(self) -> str:
        """The counts, in words."""
        return (
            f"{self.open_here:,} of the {self.many:,} responses of {self.chars:,} characters or more end without a full "
            f"stop or the like, {self.open_there:,} of the {self.fewer:,} shorter ones"
        )


def cut_length(found: pl.DataFrame, min_chars: int) -> CutLength | None:
    """Return the length that separates most responses with a mark from most without; None if there is none.

    ``found`` has a row for each response: its length, ``chars``, and whether it is ``unended``.
    """
    size, opened = found.height, int(found["unended"].sum())
    if not 0 < opened < size:
        return None
    counts = _counts(found)
    from_here = counts.filter(pl.col("chars") >= min_chars)
    if not from_here.height:
        return None
    excess = from_here["open"] / opened - (from_here["all"] - from_here["open"]) / (size - opened)
    chars, many, open_here = from_here.row(int(excess.arg_max() or 0))
    return CutLength(chars, many, open_here, size - many, opened - open_here) if many < size else None


def low_limit(found: pl.DataFrame) -> CutLength | None:
    """Return the length from which on nearly all responses end without a mark, hardly any shorter one, and none is long.

    This is what a limit of some tens of tokens leaves, in a script of which a character is a token or more in
    particular. None if there is no such length.
    """
    at = cut_length(found, LOW_CHARS)
    if at is None or min(at.many, at.fewer) < max(_LEAST, _LEAST_SHARE * found.height):
        return None
    if at.open_here < _MOST_OPEN * at.many or at.open_there > _FEW_OPEN * at.fewer:
        return None
    longest = found.filter(pl.col("chars") >= at.chars)["chars"].quantile(_NEARLY_ALL)
    return at if longest is not None and longest <= _SPREAD * at.chars else None


def high_limit(found: pl.DataFrame, min_chars: int) -> CutLength | None:
    """Return the length from which on most responses end without a mark, and hardly any shorter one, if few are so long.

    This is what a limit leaves that hardly any response reached. None if there is no such length. ``found`` is as for
    :func:`cut_length`, the longest first.
    """
    longest = int(found["chars"][0])
    if longest < min_chars or found.height <= _LEAST_HIGH:
        return None
    counts = _counts(found)
    size, opened = found.height, int(counts["open"][-1])
    reached = counts.filter(
        (pl.col("chars") >= max(min_chars, longest / _SPREAD))
        & (pl.col("all") >= _LEAST_HIGH)
        & (pl.col("all") < size)
        & (pl.col("open") >= _MOST_OPEN_HIGH * pl.col("all"))
    )
    if reached.is_empty():
        return None
    chars, many, open_here = reached.row(-1)
    at = CutLength(chars, many, open_here, size - many, opened - open_here)
    return at if at.open_there <= _FEW_OPEN_HIGH * at.fewer else None


def round_limit(found: pl.DataFrame, min_chars: int) -> tuple[int, list[int]] | None:
    """Return the round number of characters that many responses hardly miss and hardly any exceeds, and those without a
    mark; None if there is none. ``found`` is as for :func:`cut_length`.
    """
    near = found.filter(pl.col("chars") > max(min_chars - _BELOW, _ROUND)).with_columns(
        limit=(pl.col("chars") + _ROUND // 2) // _ROUND * _ROUND
    )
    below = near.filter((pl.col("chars") > pl.col("limit") - _BELOW) & (pl.col("chars") <= pl.col("limit")))
    above = near.filter((pl.col("chars") > pl.col("limit")) & (pl.col("chars") <= pl.col("limit") + _BELOW))
    over = dict(above["limit"].value_counts().iter_rows())
    for limit, rows in sorted(below.rows_by_key("limit", named=True, include_key=False).items()):
        cut = sorted(each["example"] for each in rows if each["unended"])
        if len(rows) >= max(_LEAST_ROUND, _DROP * over.get(limit, 0)) and len(cut) >= _MOST_OPEN * len(rows):
            return limit, cut
    return None


def _counts(found: pl.DataFrame) -> pl.DataFrame:
    """Return the lengths, the longest first, with the number of responses of this length or more, and of open ones."""
    return (
        found.lazy()
        .group_by("chars")
        .agg(pl.len().cast(pl.Int64).alias("all"), pl.col("unended").sum().cast(pl.Int64).alias("open"))
        .sort("chars", descending=True)
        .with_columns(pl.col("all", "open").cum_sum())
        .collect(engine="in-memory")
    )

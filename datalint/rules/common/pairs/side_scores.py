"""Scores of the two sides of preferences, which say which side is the better one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from math import isfinite
from typing import Any, Final

from datalint.api import Alike, NamedTuple
from datalint.rules.common.kept_rows import KeptRows, joined_rows, kept_rows

#: The word in a key that names its side, and that of the other side.
_SIDES: Final = (("chosen", "rejected"), ("preferred", "dispreferred"), ("preferred", "rejected"), ("winner", "loser"))
#: Words of keys of scores, of which one is there, and what else their names say.
_SCORES: Final = frozenset("score scores rating ratings reward rewards grade points".split())
_MORE: Final = frozenset("avg average mean overall total final quality rm judge response model llm gpt human".split())
_LONGEST: Final = 40


class Lower(NamedTuple):
    """A row whose chosen side has the lower score, and both scores."""

    row: int
    chosen: float
    rejected: float


class Scores(NamedTuple):
    """Pairs with two scores under ``keys``, of which so many have the higher one on the chosen side.

    ``lower`` are the ``below`` others, each a :class:`Lower`, and ``tie`` is the first of the pairs with ``equal`` scores.
    """

    keys: tuple[str, str]
    pairs: int
    above: int
    below: int
    lower: KeptRows
    equal: int
    tie: int | None


def side_scores(group: Alike) -> Iterator[Scores]:
    """Compare the scores of the two sides of each row, for each two keys of such scores."""
    for chosen, rejected in _keys(group):
        rows = zip(group.rows, map(_number, group.column(chosen)), map(_number, group.column(rejected)), strict=True)
        found = [Lower(row, one, other) for row, one, other in rows if one is not None and other is not None]
        lower = [each for each in found if each.chosen < each.rejected]
        ties = [each.row for each in found if each.chosen == each.rejected]
        yield Scores(
            (chosen, rejected), len(found), len(found) - len(lower) - len(ties), len(lower), kept_rows(lower),
            len(ties), ties[0] if ties else None,
        )  # fmt: skip


def add_scores(one: Mapping[str, Scores], other: Mapping[str, Scores], rows: int) -> dict[str, Scores]:
    """Add up; rows of ``other`` come ``rows`` after those of ``one``."""
    joined = dict(one)
    for name, each in other.items():
        joined[name] = _added(joined.get(name, Scores(each.keys, 0, 0, 0, {}, 0, None)), each, rows)
    return joined


def _added(one: Scores, other: Scores, rows: int) -> Scores:
    ties = [tie for tie in (one.tie, None if other.tie is None else other.tie + rows) if tie is not None]
    lower = joined_rows(one.lower, other.lower, rows)
    counts = (one.pairs + other.pairs, one.above + other.above, one.below + other.below)
    return Scores(one.keys, *counts, lower, one.equal + other.equal, min(ties, default=None))


def _keys(group: Alike) -> Iterator[tuple[str, str]]:
    keys = frozenset(group.keys)
    for key in group.keys:
        words = re.split(r"[^a-z]+", key.lower()) if len(key) <= _LONGEST else []
        for side, opposite in _SIDES:
            if side in words and not _SCORES.isdisjoint(words) and {*words} - {side} <= _SCORES | _MORE:
                other = re.sub(side, opposite, key, flags=re.IGNORECASE)
                if other in keys:
                    yield key, other
                    break


def _number(value: Any) -> float | None:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if is_number and isfinite(value) else None

"""Ratings of several people next to their mean, which is learned: in columns of their own, or in a list."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from math import isfinite
from statistics import fmean
from typing import Any, Final

from datalint.shapes.evidence.names import is_about
from datalint.shapes.evidence.sampled import LEAST_ROWS, Holds, SampledColumn
from datalint.shapes.guess import JOIN, Guess
from datalint.support.names.column_names import Strength, strength

#: Columns of people at least, whose names differ in their numbers only, and numbers of a row that have a mean.
_LEAST: Final = 3
_SEVERAL: Final = 2
_DIGITS: Final = re.compile(r"\d{1,4}")
#: How far a mean may be rounded, and the share of rows in which it is that.
_ROUNDED: Final = 0.051
_NEARLY_ALL: Final = 0.9


def without_averaged(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> list[SampledColumn]:
    """Return columns without the numbers of several people, such as ``r1`` to ``r38``, if another one is their mean."""
    numbers = [each for each in columns if each.holds is Holds.NUMBER]
    if len(rows) < LEAST_ROWS or len(numbers) <= _LEAST:
        return list(columns)
    families: dict[str, list[SampledColumn]] = {}
    for each in numbers:
        if (name := _DIGITS.sub("#", each.key)) != each.key:
            families.setdefault(name, []).append(each)
    kept = list(columns)
    for family in families.values():
        if len(family) < _LEAST:
            continue
        keys = [each.key for each in family]
        means = [each for each in numbers if each not in family and _is_mean(each.key, keys, rows)]
        if len(means) == 1:
            kept = [each._replace(mean=each.mean or each.key == means[0].key) for each in kept if each not in family]
    return kept


def rated_in_list(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the proposal to learn the mean of a list of ratings, for the one text that a name says is rated."""
    if len(rows) < LEAST_ROWS:
        return None
    numbers = [each.key for each in columns if each.holds is Holds.NUMBER]
    lists = [each.key for each in columns if each.holds is Holds.LIST]
    means = [key for key in numbers if any(_is_mean_of(key, listed, rows) for listed in lists)]
    texts = [each for each in columns if each.holds is Holds.TEXT and not is_about(each)]
    rated = [each.key for each in texts if strength(each.key, "text") is Strength.WHOLE]
    if len(means) != 1 or len(rated) != 1:
        return None
    others = [each.key for each in texts if each.key not in rated]
    return Guess.of({"prompt": rated[0]} | ({"context": JOIN.join(others)} if others else {}) | {"response": means[0]})


def _is_mean_of(key: str, listed: str, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the number of nearly all rows is the mean of the numbers in a list, of which there are several."""
    pairs = [(_number(row.get(key)), row.get(listed)) for row in rows]
    some = [(mean, [_number(each) for each in items]) for mean, items in pairs if isinstance(items, list)]
    given = [(mean, [each for each in items if each is not None]) for mean, items in some if mean is not None]
    given = [(mean, items) for mean, items in given if len(items) >= _SEVERAL]
    same = sum(abs(fmean(items) - mean) <= _ROUNDED for mean, items in given)
    return (
        2 * len(given) >= len(rows) and same >= _NEARLY_ALL * len(given) and len({mean for mean, _ in given}) > _SEVERAL
    )


def _is_mean(key: str, family: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> bool:
    pairs = [(_number(row.get(key)), [_number(row.get(each)) for each in family]) for row in rows]
    given = [(mean, [each for each in some if each is not None]) for mean, some in pairs if mean is not None]
    given = [(mean, some) for mean, some in given if len(some) >= _SEVERAL]
    same = sum(abs(fmean(some) - mean) <= _ROUNDED for mean, some in given)
    varied = len({mean for mean, _ in given}) > _SEVERAL
    return varied and 2 * len(given) >= len(rows) and same >= _NEARLY_ALL * len(given)


def _number(value: object) -> float | None:
    """Return a number of a cell; None for what is none, such as ``nan``."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if isfinite(number) else None

"""Ratings of several people next to their mean, which is learned."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from math import isfinite
from statistics import fmean
from typing import Any, Final

from datalint.shapes.evidence.sampled import LEAST_ROWS, Holds, SampledColumn

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

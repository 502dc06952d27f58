"""Ids of rows that were made of another row, such as ``30_aug1``, and the id of that row."""

from __future__ import annotations

import re
from typing import Final

import polars as pl

from datalint.support.lazy_pattern import lazy_pattern

#: What is added to an id for a row that was made of another one.
_SUFFIX: Final = lazy_pattern(
    r"(?:[-_. ](?:aug(?:mented|mentation)?|para(?:phrased?)?|bt|back[-_]?translat(?:ed|ion)|syn|var(?:iant)?|copy|dup"
    r"(?:licate)?)[-_]?[0-9]{0,6}){1,3}\Z",
    re.IGNORECASE,
)
#: Characters of an id in which a suffix is looked for, and ids that have several rows at least.
_LONGEST: Final = 60
_LEAST: Final = 3


def base_id(value: str) -> str:
    """Return an id without the suffix that says that its row was made of another one: ``30`` for ``30_aug1``."""
    start = max(len(value) - _LONGEST, 0)
    found = _SUFFIX.search(value, start)
    return value if found is None or not found.start() else value[: found.start()]


def base_ids(values: pl.Series) -> pl.Series:
    """Return :func:`base_id` of each value, null for null."""
    return pl.Series(values.name, [None if each is None else base_id(each) for each in values], dtype=pl.String)


def are_siblings(values: pl.Series, bases: pl.Series) -> bool:
    """Return whether several bases have several values each, so that suffixes are added to the ids of rows."""
    known = pl.DataFrame({"value": values, "base": bases}).drop_nulls().unique()
    return int((known["base"].value_counts()["count"] > 1).sum()) >= _LEAST

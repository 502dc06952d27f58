"""Variants of one item, as their ids say: ``call_0174_C1`` and ``call_0174_C2``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import islice
from typing import Any, Final

from datalint.api import Dataset

#: Pairs of near-duplicates from which on their ids are a design, those that are looked at first, and those that are read.
_LEAST: Final = 5
_LOOKED_AT: Final = 16
_READ: Final = 2_000
#: The share of the pairs whose ids differ in their ends alone at least, and how many pairs there are for each different
#: end: questions about one document (``page_12_q3``) have many ends.
_MOSTLY: Final = 0.8
_PAIRS_PER_END: Final = 4
#: An id with an end of its own that is no number.
_ID: Final = r"(?s)(?=.{5,100}$)(.*\d.*)[-_.:#/]([A-Za-z]{1,12}\d{0,2})"


def rows_of_variants(data: Dataset) -> frozenset[int]:
    """Return the near-duplicates of their anchors, if nearly all have its id but for the end, one of a few."""
    pairs = ((member, group.rows[0]) for group in data.near for member in group.rows[1:])
    read = sorted(islice(pairs, _READ))
    if len(read) < _LEAST or not _names(data, read[:_LOOKED_AT]):
        return frozenset()
    return frozenset(member for member, _ in read) if _names(data, read) else frozenset()


def _names(data: Dataset, pairs: list[tuple[int, int]]) -> bool:
    """Return whether a key has such ids in the rows of most pairs."""
    rows = sorted({row for pair in pairs for row in pair})
    records = dict(zip(rows, data.records(rows), strict=True))
    return any(
        _vary([(records[one], records[other]) for one, other in pairs], key)
        for key, value in records[rows[0]].items()
        if isinstance(value, str) and re.fullmatch(_ID, value) is not None
    )


def _vary(pairs: list[tuple[Mapping[str, Any], Mapping[str, Any]]], key: str) -> bool:
    ends: set[str] = set()
    count = 0
    for pair in pairs:
        mine, theirs = (re.fullmatch(_ID, value) if isinstance(value := row.get(key), str) else None for row in pair)
        if mine is not None and theirs is not None and mine[1] == theirs[1] and mine[2] != theirs[2]:
            ends |= {mine[2], theirs[2]}
            count += 1
    return count >= _MOSTLY * len(pairs) and len(ends) <= max(2, len(pairs) // _PAIRS_PER_END)

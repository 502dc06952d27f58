"""Labels that are learned together, one on each line of a response, of which one has nearly always the same value."""

from __future__ import annotations

from collections import Counter
from typing import Final

import polars as pl

from datalint.api import Chunk, excerpt, percent
from datalint.rules.common.frames import picked

#: The shape of rows whose columns are mapped, and characters of a response that is read.
_MAPPED: Final = "mapped"
_READ: Final = 4_000
#: Labels of a row at most, characters of one, and different values from which on one is no label.
_MOST: Final = 8
_LONGEST: Final = 40
_VALUES: Final = 20
_BETWEEN: Final = ": "
#: What is there or not, and labels of which each may be, next to another one.
_FLAGS: Final = frozenset(("0", "1", "0.0", "1.0", "true", "false", "yes", "no"))
_PAIR: Final = 2
#: Share of the rows that have the labels.
_MOSTLY: Final = 0.9
#: Labels that are named.
_NAMED: Final = 3

#: By the names of the labels of a row, the values of each.
Labels = dict[tuple[str, ...], list[Counter[str]]]


def count_labels(chunk: Chunk) -> Labels:
    """Count the labels of the rows of a chunk, of which several are written one on each line of a response."""
    found: Labels = {}
    mapped = (chunk.examples["shape"] == _MAPPED).arg_true()
    if not len(mapped):
        return found
    turns = chunk.turns
    last = turns["is_response"] & turns["is_last"] & (turns["chars"] <= _READ)
    mine = picked(turns, last, "example", "text")
    several = mine["example"].cast(pl.UInt32).is_in(mapped.cast(pl.UInt32).implode())
    for text in mine["text"].filter(several & mine["text"].str.contains("\n", literal=True)):
        _count(found, text.split("\n"))
    return found


def _count(found: Labels, lines: list[str]) -> None:
    parts = [line.partition(_BETWEEN) for line in lines]
    names = tuple(name for name, _, _ in parts)
    values = [value.strip() for _, _, value in parts]
    if len(lines) > _MOST or len(set(names)) < len(lines) or not all(0 < len(value) <= _LONGEST for value in values):
        return
    for count, value in zip(found.setdefault(names, [Counter() for _ in names]), values, strict=True):
        count[value] += 1


def add_labels(one: Labels, other: Labels) -> Labels:
    """Add up two counts."""
    both = dict(one)
    for names, counts in other.items():
        both[names] = [a + b for a, b in zip(both[names], counts, strict=True)] if names in both else counts
    return both


def dominated(labels: Labels, rows: int, least: int, limit: float, but: str) -> str:
    """Return which labels other than ``but`` nearly always have one value, where others vary; empty if none does.

    Args:
        labels: the counts of a dataset.
        rows: its number of rows.
        least: rows at least that have the labels.
        limit: the share of one value from which on it is nearly always the same.
        but: the key of the category, whose values other findings judge.
    """
    if len(labels) != 1:
        return ""
    [(names, counts)] = labels.items()
    size = counts[0].total()
    are_flags = len(names) > _PAIR and all(_FLAGS.issuperset(map(str.lower, each)) for each in counts)
    # Several marks of a text are rare each, and no classes; ids and scores are none either.
    if size < max(least, _MOSTLY * rows) or are_flags or any(len(each) > _VALUES for each in counts):
        return ""
    top = {name: each.most_common(1)[0] for name, each in zip(names, counts, strict=True) if len(each) > 1}
    found = {name: (value, count) for name, (value, count) in top.items() if count >= limit * size}
    shown = [
        f'"{excerpt(name, 30)}" is "{excerpt(value, 30)}" in {count:,} of {size:,} rows ({percent(count / size)})'
        for name, (value, count) in found.items()
        if name != but
    ]
    most = _NAMED + 1 if len(shown) == _NAMED + 1 else _NAMED
    more = f" and {len(shown) - most} more" if len(shown) > most else ""
    return "; ".join(shown[:most]) + more

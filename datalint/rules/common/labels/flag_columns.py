"""Flags that are learned together, one on each line of a response, of which some are the same in all rows."""

from __future__ import annotations

from collections import Counter
from typing import Final

import polars as pl

from datalint.api import (
    Chunk,
    excerpt,
    listed,
)
from datalint.rules.common.frames import picked

#: The shape of rows whose columns are mapped: several that are learned are written one on each line.
_MAPPED: Final = "mapped"
_YES: Final = frozenset(("1", "1.0", "true", "yes"))
_NO: Final = frozenset(("0", "0.0", "false", "no"))
_BETWEEN: Final = ": "
#: Flags of a row at least and at most, and characters of a response.
_LEAST: Final = 2
_MOST: Final = 64
_LONGEST: Final = 4_000
#: Flags that are named.
_NAMED: Final = 3

#: Rows with each set of names of flags, and how many of these have which flag.
Flags = tuple[Counter[tuple[str, ...]], Counter[tuple[tuple[str, ...], str]]]


def count_flags(chunk: Chunk) -> Flags:
    """Count the rows of a chunk that have flags alone, by their names."""
    mapped = (chunk.examples["shape"] == _MAPPED).arg_true()
    rows: Counter[tuple[str, ...]] = Counter()
    raised: Counter[tuple[tuple[str, ...], str]] = Counter()
    if not len(mapped):
        return rows, raised
    turns = chunk.turns
    last = turns["is_response"] & turns["is_last"] & (turns["chars"] <= _LONGEST)
    mine = picked(turns, last, "example", "text")
    mine = mine.filter(pl.col("example").cast(pl.UInt32).is_in(mapped.cast(pl.UInt32).implode()))
    for text in mine["text"]:
        found = _flags_of(text)
        if found:
            names = tuple(found)
            rows[names] += 1
            raised.update((names, name) for name, flag in found.items() if flag)
    return rows, raised


def add_flags(one: Flags, other: Flags) -> Flags:
    """Add up two counts."""
    return one[0] + other[0], one[1] + other[1]


def one_sided(flags: Flags, least: int) -> str:
    """Return which flags are the same in all of ``least`` rows or more; empty if none is, or if all are."""
    rows, raised = flags
    if len(rows) != 1 or (size := rows.total()) < least:
        return ""
    (names,) = rows
    never = [name for name in names if not raised[names, name]]
    always = [name for name in names if raised[names, name] == size]
    if not 0 < len(never) + len(always) < len(names):
        return ""
    parts = [f"{_named(some)} {flag}" for some, flag in ((never, "0"), (always, "1")) if some]
    return f"of {len(names)} labels, {' and '.join(parts)} in all {size:,} rows"


def _named(names: list[str]) -> str:
    shown = listed((f'"{excerpt(name, 30)}"' for name in names), len(names), _NAMED)
    return f"{shown} {'is' if len(names) == 1 else 'are'}"


def _flags_of(text: str) -> dict[str, bool]:
    """Return the flags of a response by their names; nothing if a line has anything else."""
    lines = text.split("\n")
    if not _LEAST <= len(lines) <= _MOST:
        return {}
    found: dict[str, bool] = {}
    for line in lines:
        name, _, value = line.partition(_BETWEEN)
        flag = value.strip().lower()
        if flag not in _YES and flag not in _NO:
            return {}
        found[name] = flag in _YES
    return found if len(found) == len(lines) else {}

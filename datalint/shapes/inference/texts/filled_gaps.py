"""Texts with a gap, such as code around a cursor, and what fills it: fill-in-the-middle data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.sampled import LEAST_ROWS, Holds, SampledColumn
from datalint.shapes.guess import Guess
from datalint.support.names.column_names import fold_name

#: First or last words of the names of what stands before a gap and after it, and the names of what fills it.
_AROUND: Final = (("prefix", "suffix"), ("left", "right"), ("before", "after"), ("above", "below"), ("pre", "post"))
_FILLS: Final = frozenset("middle infill infilling groundtruth truth completion target missing hole span".split())


def filled_gaps(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about texts around a gap and what fills it; None for rows with a question or another answer."""
    if len(rows) < LEAST_ROWS:
        return None
    # What follows after a gap may be the same in many rows.
    around = {fold_name(each.key): each.key for each in columns if each.holds in (Holds.TEXT, Holds.LABEL)}
    fills = [each.key for each in columns if each.holds is Holds.TEXT and _FILLS.intersection(fold_name(each.key)[-1:])]
    pairs = [
        (key, around[other])
        for words, key in around.items()
        for before, after in _AROUND
        if before in words and (other := tuple(after if word == before else word for word in words)) in around
    ]
    if len(fills) != 1 or len(pairs) != 1:
        return None
    before, after = pairs[0]
    return Guess.of({"prompt": before, "context": after, "response": fills[0]}, clear=True, basis="names")

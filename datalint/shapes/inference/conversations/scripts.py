"""Rows that are single lines of a script, such as a play or a series, with their speakers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

from datalint.shapes.evidence.labels import is_class
from datalint.shapes.evidence.sampled import LEAST_ROWS, Holds, SampledColumn
from datalint.support.names.script_keys import script_keys

#: Characters of the name of a speaker or a scene at most, and of a line on average.
_LONGEST: Final = 60
_LONGEST_LINE: Final = 400
#: Share of neighbours that are of one scene, of these with two speakers, and the most distinct speakers, as a share.
_TOGETHER: Final = 0.5
_IN_TURN: Final = 0.3
_SPEAKERS: Final = 0.5


def are_lines(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> bool:
    """Return whether most rows stand next to one of the same scene, in which several speakers take turns.

    Rows with a class of their own, such as an emotion, are examples.
    """
    found = script_keys(rows[0].keys()) if len(rows) >= LEAST_ROWS else None
    if found is None:
        return False
    line = next((each for each in columns if each.key == found.line), None)
    if line is None or line.holds is not Holds.TEXT or line.length > _LONGEST_LINE:
        return False
    if any(is_class(each) and each.key not in (*found.parts, found.speaker) for each in columns):
        return False
    placed = [(tuple(row.get(key) for key in found.parts), row.get(found.speaker)) for row in rows]
    values = [str(value) for part, speaker in placed for value in (*part, speaker)]
    if any(len(value) > _LONGEST for value in values):
        return False
    speakers = {str(speaker) for _, speaker in placed}
    together = [str(one[1]) != str(other[1]) for one, other in pairwise(placed) if one[0] == other[0]]
    if not 1 < len(speakers) <= _SPEAKERS * len(rows) or len(together) < _TOGETHER * (len(rows) - 1):
        return False
    return sum(together) >= _IN_TURN * len(together)

"""Rows of a table that are the turns of a conversation, each with who speaks."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

#: Names of keys of who speaks, without separators.
_SPEAKERS: Final = frozenset(
    "speaker speakerid speakername speakerrole speakertype role sender sendername participant participantid".split()
)
#: Rows at least, different speakers at most, also as a share of the rows, and share of the rows in which another one
#: speaks than in the row before.
_LEAST: Final = 20
_MOST: Final = 30
_VARIED: Final = 0.2
_CHANGES: Final = 0.15
_LONGEST: Final = 40


def are_turns(records: Sequence[Mapping[str, Any]]) -> bool:
    """Return whether rows that follow one another are turns: a key has who speaks, and a few speak in turn."""
    if len(records) < _LEAST:
        return False
    keys = [key for key in records[0] if len(key) <= _LONGEST and re.sub(r"[\W_]+", "", key.lower()) in _SPEAKERS]
    return any(_speak_in_turn([record.get(key) for record in records]) for key in keys)


def _speak_in_turn(values: Sequence[Any]) -> bool:
    if not all(isinstance(value, str | int) for value in values):
        return False
    changes = sum(one != other for one, other in pairwise(values))
    return 2 <= len(set(values)) <= min(_MOST, _VARIED * len(values)) and changes >= _CHANGES * len(values)

"""Conversations of people, who have names and no roles: which of them answers is not known."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from datalint.support.names.speakers import speaker_role

_SPEAKER: Final = "speaker"
#: Speakers that are neither people nor one of the two sides of a conversation.
_OTHERS: Final = frozenset(("system", "tool", "function"))


def said_by_one(values: Iterable[object]) -> bool:
    """Return whether one of some values is a list of turns which one person says, by the name under ``speaker``."""
    return any(isinstance(value, list) and _is_of_one(value) for value in values)


def _is_of_one(turns: list[object]) -> bool:
    names = {turn.get(_SPEAKER) if isinstance(turn, dict) else None for turn in turns}
    name = names.pop() if len(names) == 1 else None
    return isinstance(name, str) and bool(name.strip()) and not speaker_role(name) and name.lower() not in _OTHERS

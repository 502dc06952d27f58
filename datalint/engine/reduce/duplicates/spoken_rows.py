"""Rows of a table that are the turns of a conversation, each with who speaks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

from datalint.support.letters import letters_of
from datalint.support.names.speakers import speaker_role

#: Names of keys of who speaks, without separators; and of who else writes or takes part.
_SPEAKERS: Final = frozenset(
    """speaker speakers speakerid speakername speakerrole speakertype speakerlabel speakeridx debater interlocutor
    interlocutorid""".split()
)
_WRITERS: Final = frozenset("role sender sendername participant participantid".split())
#: Rows at least, different speakers at most, also as a share of the rows, and share of the rows in which another one
#: speaks than in the row before.
_LEAST: Final = 20
_MOST: Final = 30
_VARIED: Final = 0.2
_CHANGES: Final = 0.15
_LONGEST: Final = 40
#: What the two sides of a conversation are called at most: several occupations are a label.
_SIDES: Final = 3
#: Keys of a row in which a speaker without the name of one is looked for, at most.
_MOST_KEYS: Final = 64


def are_turns(records: Sequence[Mapping[str, Any]], *, labelled: bool = False) -> bool:
    """Return whether rows that follow one another are turns: a key has who speaks, and a few speak in turn.

    The key says so, or its values are the two sides of a conversation ("SYS:", "USER:"). The senders of texts with
    labels are none: they send the same text again.
    """
    if len(records) < _LEAST or len(records[0]) > _MOST_KEYS:
        return False
    names = {key: letters_of(key) for key in records[0] if len(key) <= _LONGEST}
    speakers = _SPEAKERS if labelled else _SPEAKERS | _WRITERS
    for key, name in names.items():
        values = [record.get(key) for record in records]
        if (name in speakers or _are_sides(values)) and _speak_in_turn(values):
            return True
    return False


def _are_sides(values: Sequence[Any]) -> bool:
    """Whether all values are what one of the two sides of a conversation is called, and both sides speak."""
    if not all(isinstance(value, str) and len(value) <= _LONGEST for value in values[:_LEAST]):
        return False
    names = set(map(str, values))
    return len(names) <= _SIDES and {speaker_role(name) for name in names} == {"user", "assistant"}


def _speak_in_turn(values: Sequence[Any]) -> bool:
    if not all(isinstance(value, str | int) for value in values):
        return False
    changes = sum(one != other for one, other in pairwise(values))
    return 2 <= len(set(values)) <= min(_MOST, _VARIED * len(values)) and changes >= _CHANGES * len(values)

"""Earlier turns of the conversation that a prompt goes on with, in a list of messages such as ``history``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.sampled import Holds, SampledColumn
from datalint.shapes.guess import Guess
from datalint.support.names.column_names import fold_name

#: Names of such lists.
_EARLIER: Final = frozenset(
    """history chathistory messagehistory conversationhistory dialoghistory dialoguehistory previousmessages
    priormessages previousturns priorturns pastmessages pastturns""".split()
)
#: The meanings next to which earlier turns are read.
_READ: Final = frozenset(("system", "prompt", "response", "category"))


def with_earlier_turns(
    guess: Guess | None, columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]
) -> Guess | None:
    """Return a guess about a text that is asked and its response with the messages before it, which may be none.

    Messages that end with the user have no place before a prompt.
    """
    found = {} if guess is None else dict(guess.columns)
    if guess is None or not {"prompt", "response"} <= found.keys() <= _READ:
        return guess
    asked = [each for each in columns if each.key == found["prompt"] and each.holds is Holds.TEXT]
    chats = [each for each in columns if each.holds is Holds.CHAT and each.key not in found.values()]
    if not asked or len(chats) != 1 or not chats[0].answered or "".join(fold_name(chats[0].key)) not in _EARLIER:
        return guess
    key = chats[0].key
    if not all(isinstance(row.get(key), list) for row in rows):
        return guess
    return Guess.of({**found, "messages": key}, clear=guess.clear, basis=guess.basis)

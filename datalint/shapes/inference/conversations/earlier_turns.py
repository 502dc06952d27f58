"""Earlier turns of the conversation that a prompt goes on with, in a list of messages such as ``history``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.sampled import Holds, SampledColumn
from datalint.shapes.guess import READ, Guess
from datalint.support.names.column_names import fold_name
from datalint.support.text_lists import are_texts

#: Names of such lists.
_EARLIER: Final = frozenset(
    """history chathistory messagehistory conversationhistory dialoghistory dialoguehistory previousmessages
    priormessages previousturns priorturns pastmessages pastturns""".split()
)


def with_earlier_turns(
    guess: Guess | None, columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]
) -> Guess | None:
    """Return a guess about a text that is asked and its response with the messages before it, which may be none.

    Messages that end with the user have no place before a prompt.
    """
    found = {} if guess is None else dict(guess.columns)
    if guess is None or not {"prompt", "response"} <= found.keys() <= READ:
        return guess
    asked = [each for each in columns if each.key == found["prompt"] and each.holds is Holds.TEXT]
    free = [each for each in columns if each.key not in found.values()]
    chats = [each for each in free if each.holds is Holds.CHAT or _are_pairs(each, rows)]
    paired = len(chats) == 1 and chats[0].holds is not Holds.CHAT
    if not asked or len(chats) != 1 or not (paired or chats[0].answered):
        return guess
    key = chats[0].key
    if "".join(fold_name(key)) not in _EARLIER or not all(isinstance(row.get(key), list) for row in rows):
        return guess
    return Guess.of({**found, "messages": key}, clear=guess.clear, basis=guess.basis)


def _are_pairs(column: SampledColumn, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Return whether a column holds lists of what was asked and answered, a pair of texts each, which may be empty."""
    if column.holds not in (Holds.LIST, Holds.OBJECT):
        return False
    values = [value for row in rows if isinstance(value := row.get(column.key), list) and value]
    return bool(values) and all(_is_pair(each) for value in values for each in value)


def _is_pair(item: object) -> bool:
    return are_texts(item) and len(item) == 2

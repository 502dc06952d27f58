"""Conversations that no assistant ends, and the text written about them: minutes, a summary, or what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.dialogues import is_asked, role_said, speakers_of
from datalint.shapes.evidence.labels import VARIED
from datalint.shapes.evidence.names import is_about, is_asked_or_learned, is_side
from datalint.shapes.evidence.sampled import LEAST_ROWS, LONG, Holds, SampledColumn
from datalint.shapes.guess import Guess
from datalint.support.names.column_names import Strength, fold_name, strength

#: Last words of keys of texts written about a conversation.
_WRITTEN: Final = frozenset("summary summaries minutes notes note recap tldr highlights abstract protocol".split())
#: Those of texts that say how a conversation with an agent came out.
_OUTCOMES: Final = frozenset(("resolution", "conclusion", "outcome"))
#: Share of the conversations that the user ends, at least, if turns of the other side are not learned.
_SOME: Final = 0.2


def minutes(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about a conversation and the only text that is written about it.

    No speaker has the name of a role, or many conversations end with the user: those with an agent or a doctor end
    with either side, so that their turns are not what is learned. A reply to people is proposed.
    """
    chats = [each for each in columns if each.holds is Holds.CHAT and not is_side(each)]
    texts = [each for each in columns if each.holds is Holds.TEXT and each.length > LONG and not each.sparse]
    written = [each for each in texts if each.distinct >= VARIED and (_is_written(each) or _is_reply(each))]
    others = [each for each in columns if each not in (*chats, *written) and not is_about(each)]
    others = [each for each in others if each.holds is not Holds.LABEL]
    if len(rows) < LEAST_ROWS or len(chats) != 1 or len(written) != 1:
        return None
    chat, text = chats[0].key, written[0]
    if any(map(is_asked_or_learned, others)):
        return None
    if not _is_written(text):
        return None if chats[0].asked or _has_sides(rows, chat) else _of(chat, text, clear=False)
    ends = sum(is_asked(row.get(chat)) for row in rows)
    return None if ends < _SOME * len(rows) and _has_sides(rows, chat) else _of(chat, text, clear=True)


def _of(chat: str, text: SampledColumn, *, clear: bool) -> Guess:
    return Guess.of({"prompt": chat, "response": text.key}, clear=clear, basis="names")


def _has_sides(rows: Sequence[Mapping[str, Any]], chat: str) -> bool:
    """Whether nobody speaks in a conversation, or somebody whose name is a role."""
    names = {name for row in rows for name in speakers_of(row.get(chat))}
    return not names or any(role_said(name) for name in names)


def _is_written(column: SampledColumn) -> bool:
    return not (_WRITTEN | _OUTCOMES).isdisjoint(fold_name(column.key)[-1:])


def _is_reply(column: SampledColumn) -> bool:
    """Whether one of the words of a name says that a text answers the conversation."""
    return strength(column.key, "response") is not Strength.NONE

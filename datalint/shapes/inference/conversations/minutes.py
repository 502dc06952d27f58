"""Conversations among people, without an assistant, and the text written about them: minutes, or a summary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.dialogues import role_said, speakers_of
from datalint.shapes.evidence.labels import VARIED
from datalint.shapes.evidence.names import is_about, is_asked_or_learned, is_side
from datalint.shapes.evidence.sampled import LEAST_ROWS, LONG, Holds, SampledColumn
from datalint.shapes.guess import Guess
from datalint.support.names.column_names import Strength, fold_name, strength

#: Last words of keys of texts written about a conversation.
_WRITTEN: Final = frozenset("summary summaries minutes notes note recap tldr highlights abstract protocol".split())


def minutes(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about a conversation without an assistant, and the only text that is written about it.

    A reply to it is proposed.
    """
    chats = [each for each in columns if each.holds is Holds.CHAT and not is_side(each)]
    texts = [each for each in columns if each.holds is Holds.TEXT and each.length > LONG and not each.sparse]
    written = [each for each in texts if each.distinct >= VARIED and (_is_written(each) or _is_reply(each))]
    others = [each for each in columns if each not in (*chats, *written) and not is_about(each)]
    if len(rows) < LEAST_ROWS or len(chats) != 1 or len(written) != 1 or chats[0].asked:
        return None
    if any(map(is_asked_or_learned, others)):
        return None
    names = {name for row in rows for name in speakers_of(row.get(chats[0].key))}
    if not names or any(role_said(name) for name in names):
        return None
    clear = _is_written(written[0])
    return Guess.of({"prompt": chats[0].key, "response": written[0].key}, clear=clear, basis="names")


def _is_written(column: SampledColumn) -> bool:
    return not _WRITTEN.isdisjoint(fold_name(column.key)[-1:])


def _is_reply(column: SampledColumn) -> bool:
    """Whether one of the words of a name says that a text answers the conversation."""
    return strength(column.key, "response") is not Strength.NONE

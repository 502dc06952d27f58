"""Counter speech: a hateful text, and what is replied to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from datalint.shapes.evidence.labels import VARIED, is_class
from datalint.shapes.evidence.names import has_word
from datalint.shapes.evidence.sampled import LEAST_ROWS, Holds, SampledColumn
from datalint.shapes.guess import JOIN, Guess
from datalint.support.names.column_names import fold_name

#: Names of replies, written together or apart, words of the names of the texts that they reply to, of what may be read
#: next to these, and names of whom a text is about.
_REPLIES: Final = frozenset(("counterspeech", "counternarrative", "counternarration", "counterresponse"))
_HATEFUL: Final = ("hate", "hatespeech", "hateful", "abusive", "toxic", "offensive", "stereotype")
_KNOWN: Final = ("knowledge", "context", "background", "evidence")
_TARGETS: Final = (("target",), ("target", "group"), ("target", "community"))


def counter_speech(columns: Sequence[SampledColumn], rows: int) -> Guess | None:
    """Return the guess about texts with hate in their name, which is no label, and the counter speech to each."""
    texts = [each for each in columns if each.holds is Holds.TEXT]
    replies = [each for each in texts if "".join(fold_name(each.key)) in _REPLIES and each.distinct >= VARIED]
    hateful = [each for each in texts if has_word(each.key, _HATEFUL) and each not in replies and not each.short]
    if rows < LEAST_ROWS or not len(replies) == len(hateful) == 1:
        return None
    known = [each.key for each in texts if has_word(each.key, _KNOWN) and each not in (*replies, *hateful)]
    target = [each.key for each in columns if fold_name(each.key) in _TARGETS and is_class(each)]
    found = {"prompt": hateful[0].key} | ({"context": JOIN.join(known)} if known else {})
    sorted_by = {"category": target[0]} if len(target) == 1 else {}
    return Guess.of(found | {"response": replies[0].key} | sorted_by, clear=True, basis="names")

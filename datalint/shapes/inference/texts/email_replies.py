"""E-mail with the reply that was drafted to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.labels import VARIED
from datalint.shapes.evidence.names import has_word
from datalint.shapes.evidence.sampled import LEAST_ROWS, LONG, Holds, SampledColumn
from datalint.shapes.guess import Guess
from datalint.support.names.column_names import fold_name

#: Words of keys of e-mail, and names of its text and of its subject.
_MAIL: Final = ("email", "emails", "mail", "inbox", "incoming")
_BODIES: Final = frozenset("email mail body message thread text content".split())
_ABOVE: Final = frozenset(("subject", "betreff"))
_PARTS: Final = frozenset(("from", "to", "cc", "sender", "recipient"))
#: Words of the names of replies, of which one is enough.
_REPLIES: Final = ("reply", "draft", "response", "answer")


def email_replies(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about the texts of e-mail and their replies, read below their subjects; None for other rows."""
    texts = [each for each in columns if each.holds is Holds.TEXT and each.distinct >= VARIED and not each.sparse]
    replies = [each for each in texts if has_word(each.key, _REPLIES)]
    subjects = [each for each in texts if _ABOVE.intersection(fold_name(each.key)) and each not in replies]
    long = [each for each in texts if each.length > LONG and each not in (*replies, *subjects)]
    bodies = [each for each in long if fold_name(each.key)[-1:] and fold_name(each.key)[-1] in _BODIES]
    posted = any(has_word(each.key, _MAIL) or _PARTS.issuperset(fold_name(each.key)) for each in columns)
    if len(rows) < LEAST_ROWS or len(replies) != 1 or len(long) != 1 or bodies != long or not (posted or subjects):
        return None
    if replies[0].length <= LONG or not fold_name(replies[0].key):
        return None
    above = {"context": subjects[0].key} if len(subjects) == 1 else {}
    return Guess.of({"prompt": bodies[0].key, **above, "response": replies[0].key}, clear=True, basis="names")

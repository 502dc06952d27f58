"""Counter speech: a hateful text, and what is replied to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.labels import VARIED, is_class
from datalint.shapes.evidence.names import has_word
from datalint.shapes.evidence.sampled import LEAST_ROWS, Holds, SampledColumn
from datalint.shapes.guess import JOIN, Guess
from datalint.support.names.column_names import Strength, fold_name, strength

#: Names of replies, written together or apart, words of the names of the texts that they reply to, of what may be read
#: next to these, and names of whom a text is about.
_REPLIES: Final = frozenset(("counterspeech", "counternarrative", "counternarration", "counterresponse", "countertext"))
_HATEFUL: Final = ("hate", "hatespeech", "hateful", "abusive", "toxic", "offensive", "stereotype")
_KNOWN: Final = ("knowledge", "context", "background", "evidence")
_TARGETS: Final = (("target",), ("target", "group"), ("target", "community"))
#: The initials of hate speech and of a counter narrative, as in MT-CONAN, and of the knowledge that is used in it.
_INITIALS: Final = (("hs",), ("cn",))
_KNOWLEDGE: Final = ("kn",)
#: Words of the names of the same texts in another language, next to the texts themselves.
_TRANSLATED: Final = ("trans", "translated", "translation")


def counter_speech(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about texts with hate in their name, which is no label, and the counter speech to each.

    Next to counter speech, the only text that is named one is what it replies to.
    """
    texts = [each for each in columns if each.holds is Holds.TEXT and not has_word(each.key, _TRANSLATED)]
    replies = [each for each in texts if _is_reply(each) and each.distinct >= VARIED]
    others = [each for each in texts if each not in replies and not each.short]
    hateful = [each for each in others if has_word(each.key, _HATEFUL)]
    if not hateful and (named := [each for each in others if fold_name(each.key) == _INITIALS[0]]):
        hateful, replies = named, [each for each in texts if fold_name(each.key)[-1:] == _INITIALS[1]]
    hateful = hateful or [each for each in others if strength(each.key, "text") >= Strength.HEAD]
    if len(hateful) > 1:
        # A translation has the name of the text, and that of its language.
        first = fold_name(hateful[0].key)
        same = [each for each in hateful if fold_name(each.key)[: len(first)] == first]
        hateful = hateful[:1] if same == hateful else hateful
    if len(rows) < LEAST_ROWS or not len(replies) == len(hateful) == 1:
        return None
    named = [each for each in texts if has_word(each.key, _KNOWN) or fold_name(each.key) == _KNOWLEDGE]
    known = [each.key for each in named if each not in (*replies, *hateful)]
    target = [each.key for each in columns if fold_name(each.key) in _TARGETS and is_class(each)]
    found = {"prompt": hateful[0].key} | ({"context": JOIN.join(known)} if known else {})
    sorted_by = {"category": target[0]} if len(target) == 1 else {}
    return Guess.of(found | {"response": replies[0].key} | sorted_by, clear=True, basis="names")


def _is_reply(column: SampledColumn) -> bool:
    """Whether a name, which may be a plural, is that of counter speech."""
    name = "".join(fold_name(column.key))
    return name in _REPLIES or (name.endswith("s") and name[:-1] in _REPLIES)

"""Tables of the intents of a chatbot: what a user may say, the name of the intent, and the answer to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.labels import VARIED
from datalint.shapes.evidence.names import is_about
from datalint.shapes.evidence.sampled import LEAST_ROWS, Holds, SampledColumn
from datalint.shapes.guess import Guess
from datalint.support.lazy_pattern import lazy_pattern
from datalint.support.names.column_names import Strength, fold_name, last_word, strength

#: Names of intents, and of what a user may say, next to which an answer is learned.
_INTENTS: Final = (("intent",), ("intents",), ("tag",), ("intent", "name"), ("intent", "tag"))
_SAID: Final = frozenset("pattern patterns example examples sample samples".split())
#: Signs of regular expressions, which are matched with what is said, and the share of rows with them that is enough.
_EXPRESSION: Final = lazy_pattern(r"\.[*+]|\\[bdsw]|\(\?|\[\^|\w\|\w")
_SOME: Final = 0.1
#: Characters of a text whose signs are looked at.
_LONGEST: Final = 500


def chatbot_intents(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about tables of intents with ``pattern`` or ``example``, and a ``response``; None for others.

    It is a proposal in a few rows, and where regular expressions are what is said.
    """
    used = [each for each in columns if each.holds is not Holds.NOTHING and not is_about(each)]
    intents = [each for each in columns if fold_name(each.key) in _INTENTS]
    said = [each for each in used if each.holds is Holds.TEXT and last_word(each.key) in _SAID]
    answers = [each for each in used if strength(each.key, "response") is Strength.WHOLE and each not in intents]
    answers = [each for each in answers if each.holds in (Holds.TEXT, Holds.LABEL, Holds.LIST)]
    if not len(intents) == len(said) == len(answers) == 1:
        return None
    if any(each not in (*intents, *said, *answers) for each in used):
        return None
    texts = [text[:_LONGEST] for row in rows if isinstance(text := row.get(said[0].key), str)]
    matched = sum(_EXPRESSION.search(text) is not None for text in texts)
    clear = len(rows) >= LEAST_ROWS and matched < _SOME * len(rows)
    found = {"prompt": said[0].key, "response": answers[0].key}
    # A name that hardly repeats sorts nothing.
    if len(rows) < LEAST_ROWS or intents[0].distinct < VARIED:
        found["category"] = intents[0].key
    return Guess.of(found, clear=clear, basis="names")

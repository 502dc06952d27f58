"""Texts with several phrases that are written in one text under ``label``, such as the keyphrases of an abstract."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.labels import VARIED
from datalint.shapes.evidence.names import is_about
from datalint.shapes.evidence.sampled import LEAST_ROWS, LONG, Holds, SampledColumn
from datalint.shapes.guess import Guess
from datalint.support.names.column_names import Strength, fold_name, strength

#: Names of such columns.
_LABEL: Final = (("label",), ("labels",))
#: What stands between phrases, their number in most rows at least, the share of rows with several, and characters and
#: words of one on average at most.
_BETWEEN: Final = re.compile(r"[,;|]")
_PHRASES: Final = 3
_MOSTLY: Final = 0.8
_CHARACTERS: Final = 40
_WORDS: Final = 4
#: How many times as long as its phrases a text is at least, and the texts that may stand with it.
_LONGER: Final = 3
_TEXTS: Final = range(1, 3)
#: The end of a sentence, which no phrase has.
_ENDS: Final = (".", "!", "?")


def with_phrases(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about a text, perhaps with a title, and its phrases under ``label``; None for other rows."""
    labels = [each for each in columns if fold_name(each.key) in _LABEL and each.holds is Holds.TEXT]
    if len(rows) < LEAST_ROWS or len(labels) != 1 or labels[0].distinct < VARIED:
        return None
    label = labels[0]
    texts = [each for each in columns if each.holds is Holds.TEXT and each is not label and not is_about(each)]
    titles = [each for each in texts if strength(each.key, "heading") is Strength.WHOLE]
    long = [each for each in texts if each not in titles]
    if len(long) != 1 or len(texts) not in _TEXTS or long[0].length < max(_LONGER * label.length, LONG):
        return None
    if not _are_phrases([value for row in rows if isinstance(value := row.get(label.key), str) and value.strip()]):
        return None
    context = {"context": titles[0].key} if titles else {}
    return Guess.of({"prompt": long[0].key, **context, "response": label.key}, clear=True, basis="values")


def _are_phrases(texts: Sequence[str]) -> bool:
    """Whether most texts are several phrases with a sign between two, and hardly any is a sentence."""
    parts = [[part for each in _BETWEEN.split(text) if (part := each.strip())] for text in texts]
    found = [part for each in parts for part in each]
    several = sum(len(each) >= _PHRASES for each in parts)
    sentences = sum(text.rstrip().endswith(_ENDS) for text in texts)
    if not found or several < _MOSTLY * len(texts) or sentences > (1 - _MOSTLY) * len(texts):
        return False
    short = sum(map(len, found)) <= _CHARACTERS * len(found)
    return short and sum(len(part.split()) for part in found) <= _WORDS * len(found)

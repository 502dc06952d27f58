"""Texts with the list of their keywords and a label of zeros and ones, such as whether the keywords fit: CSL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.labels import VARIED, is_class
from datalint.shapes.evidence.names import is_about
from datalint.shapes.evidence.sampled import LEAST_ROWS, LONG, Holds, SampledColumn
from datalint.shapes.guess import JOIN, Guess, can_be_typed
from datalint.support.names.column_names import Strength, fold_name, strength

_KEYWORDS: Final = frozenset(("keyword", "keywords", "keyphrase", "keyphrases"))
_BINARY: Final = ({"0", "1"}, {"true", "false"})
_FACTS: Final = (Holds.NOTHING, Holds.NUMBER, Holds.REFERENCE)


def with_keywords(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about a text, its keywords, and one label of both; None for rows that have anything else."""
    words = [each for each in columns if each.holds is Holds.LIST and _KEYWORDS.issuperset(fold_name(each.key))]
    labels = [each for each in columns if is_class(each) and each.holds in (Holds.LABEL, Holds.NUMBER)]
    if len(rows) < LEAST_ROWS or len(words) != 1 or len(labels) != 1 or not can_be_typed(words[0].key):
        return None
    values = {str(row.get(labels[0].key)).removesuffix(".0").casefold() for row in rows}
    rest = [each for each in columns if each not in (words[0], labels[0])]
    rest = [each for each in rest if each.holds not in _FACTS and not is_about(each)]
    titles = [each for each in rest if strength(each.key, "heading") is Strength.WHOLE and each.holds is Holds.TEXT]
    texts = [each for each in rest if each not in titles]
    if values not in _BINARY or len(texts) != 1 or len(titles) > 1 or words[0].distinct < VARIED:
        return None
    text, label = texts[0], labels[0].key
    if text.holds is not Holds.TEXT or text.length <= LONG or text.distinct < VARIED:
        return None
    context = JOIN.join(each.key for each in (*titles, words[0]))
    found = {"prompt": text.key, "context": context, "response": label, "category": label}
    return Guess.of(found, clear=True, basis="values")

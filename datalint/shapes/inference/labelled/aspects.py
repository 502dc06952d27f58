"""Texts with a list of their aspects and another one with the sentiment of each, which are learned together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.labels import VARIED
from datalint.shapes.evidence.names import has_word, is_about
from datalint.shapes.evidence.sampled import LEAST_ROWS, Holds, SampledColumn
from datalint.shapes.guess import JOIN, Guess

#: Words of keys of the aspects of a text, and of the sentiment of each.
_ASPECTS: Final = ("aspect", "aspects", "target", "targets", "opinions", "terms", "entities", "features", "mentions")
_SAID: Final = (
    *("sentiment", "sentiments", "polarity", "polarities", "label", "labels", "emotions", "ratings", "categories"),
    *("types", "classes"),
)
#: Share of the rows whose lists are of the same length, and of those whose aspects are not one for each word.
_NEARLY_ALL: Final = 0.95


def aspects(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about texts, the aspects in each, and a label of each aspect; None for other rows."""
    texts = [each for each in columns if each.holds is Holds.TEXT and not is_about(each)]
    lists = [each for each in columns if each.holds is Holds.LIST and not is_about(each)]
    found = [each for each in lists if has_word(each.key, _ASPECTS)]
    said = [each for each in lists if has_word(each.key, _SAID) and each not in found]
    if len(rows) < LEAST_ROWS or not len(texts) == len(said) == len(found) == 1 or len(lists) > 2:
        return None
    if texts[0].distinct < VARIED:
        return None
    pairs = [(row.get(found[0].key), row.get(said[0].key)) for row in rows]
    alike = [isinstance(a, list) and isinstance(b, list) and len(a) == len(b) for a, b in pairs]
    words = sum(_are_words(row.get(found[0].key), row.get(texts[0].key)) for row in rows)
    if sum(alike) < _NEARLY_ALL * len(rows) or 2 * words > len(rows):
        return None
    response = JOIN.join((found[0].key, said[0].key))
    return Guess.of({"prompt": texts[0].key, "response": response}, clear=True, basis="names")


def _are_words(items: object, text: object) -> bool:
    """Whether a list has as many items as a text has words: then it is the text in words."""
    return isinstance(items, list) and isinstance(text, str) and len(items) >= max(2, len(text.split()))

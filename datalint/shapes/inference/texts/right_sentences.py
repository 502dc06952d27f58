"""Names with the few sentences that are right for each, in a list, as sets for evaluation have them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.labels import VARIED, is_class
from datalint.shapes.evidence.names import is_about
from datalint.shapes.evidence.sampled import FACTS, LEAST_ROWS, LONG, Holds, SampledColumn
from datalint.shapes.guess import Guess, can_be_typed
from datalint.support.names.column_names import Strength, strength
from datalint.support.text_lists import are_texts

#: Texts of a list on average, and of the longest one: more are the parts of a document.
_FEW: Final = 3
_MOST: Final = 10
#: Meanings of names that are no prompt: what is below a title is a document, and its parts are no answers.
_NO_PROMPT: Final = ("heading", "group", "category")


def right_sentences(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the proposal that the few sentences in the only list are learned of the only short text next to it."""
    used = [each for each in columns if each.holds not in FACTS and not is_about(each)]
    lists = [each for each in used if each.holds is Holds.LIST]
    texts = [each for each in used if each.holds is Holds.TEXT and each.distinct >= VARIED]
    others = [each for each in used if each not in (*lists, *texts)]
    if len(rows) < LEAST_ROWS or not len(lists) == len(texts) == 1 or any(map(is_class, others)):
        return None
    if not all(each.short for each in (*texts, *others)) or not all(
        can_be_typed(each.key) for each in (*texts, *lists)
    ):
        return None
    if any(strength(texts[0].key, each) is Strength.WHOLE for each in _NO_PROMPT) or lists[0].distinct < VARIED:
        return None
    values = [row.get(lists[0].key) for row in rows]
    if not all(isinstance(value, list) and are_texts(value) and len(value) <= _MOST for value in values):
        return None
    said = [text for value in values if isinstance(value, list) for text in value]
    if len(said) > _FEW * len(values) or sum(map(len, said)) <= LONG * len(said):
        return None
    return Guess.of({"prompt": texts[0].key, "response": lists[0].key})

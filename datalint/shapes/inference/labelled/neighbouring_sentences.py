"""Sentences with the sentence before and the one after each, and a label of the one between."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.labels import VARIED, is_class
from datalint.shapes.evidence.names import is_about
from datalint.shapes.evidence.sampled import LEAST_ROWS, LONG, READABLE, Holds, SampledColumn
from datalint.shapes.guess import JOIN, Guess
from datalint.support.names.column_names import fold_name

#: First words of keys of the sentences before and after another one.
BEFORE: Final = frozenset("previous prev preceding before".split())
AFTER: Final = frozenset("next following after succeeding".split())
#: Rows that are compared, and the share of them that must agree.
_ROWS: Final = 50
_NEARLY_ALL: Final = 0.9


def neighbouring_sentences(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about a sentence between two others, and its label; None for other rows.

    The words that the label is about, such as an idiom in the sentence, are read too.
    """
    texts = [each for each in columns if each.holds is Holds.TEXT and not is_about(each)]
    texts = [each for each in texts if each.length > LONG and each.distinct >= VARIED]
    before, after = (
        [each for each in texts if words.intersection(fold_name(each.key)[:1])] for words in (BEFORE, AFTER)
    )
    labels = [each for each in columns if is_class(each) and each not in texts]
    if len(rows) < LEAST_ROWS or len(texts) != 3 or not len(before) == len(after) == len(labels) == 1:
        return None
    between = next(each for each in texts if each not in (*before, *after))
    words = [each for each in columns if each.holds in READABLE and each not in (*texts, *labels)]
    aims = [each for each in words if _are_within(rows, each.key, between.key)]
    context = JOIN.join(each.key for each in (*aims, *before, *after))
    found = {"prompt": between.key, "context": context, "response": labels[0].key, "category": labels[0].key}
    return Guess.of(found, clear=True, basis="names")


def _are_within(rows: Sequence[Mapping[str, Any]], words: str, text: str) -> bool:
    """Whether nearly all texts have the words of their row in them."""
    pairs = [(str(row.get(words) or "").casefold(), str(row.get(text)).casefold()) for row in rows[:_ROWS]]
    return sum(bool(one) and one in other for one, other in pairs) >= _NEARLY_ALL * len(pairs)

"""Texts with a class and shorter texts next to them, such as the titles of works: the longest one is labelled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.labels import VARIED, is_few
from datalint.shapes.evidence.names import LABEL, has_word, is_about
from datalint.shapes.evidence.sampled import LEAST_ROWS, LONG, Holds, SampledColumn
from datalint.shapes.evidence.sampling import columns_of
from datalint.shapes.guess import JOIN, Guess, can_be_typed
from datalint.support.names.column_names import Strength, strength

#: How many times as long as any other text the labelled one is at least.
_LONGER: Final = 1.5


def of_longest_text(guess: Guess | None, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the proposal to learn the class of the longest text, with titles as its context, or ``guess``.

    It replaces a guess only if that learns the same class and is not clear.
    """
    longest = _longest(columns_of(rows), len(rows)) if guess is None or not guess.clear else None
    learned = None if guess is None else dict(guess.columns).get("response")
    replaces = longest is not None and (guess is None or learned == dict(longest.columns)["response"])
    return longest if replaces else guess


def _longest(columns: Sequence[SampledColumn], rows: int) -> Guess | None:
    labels = [each for each in columns if has_word(each.key, LABEL) and each.short and is_few(each)]
    texts = [each for each in columns if each.holds is Holds.TEXT and each.length > LONG and not is_about(each)]
    if rows < LEAST_ROWS or len(labels) != 1 or len(texts) < 2 or labels[0].sparse:
        return None
    texts.sort(key=lambda each: -each.length)
    first, rest = texts[0], texts[1:]
    if first.distinct < VARIED or any(first.length < _LONGER * each.length for each in rest):
        return None
    near = [each.key for each in columns if each in rest and strength(each.key, "heading") >= Strength.HEAD]
    if len(near) != len(rest) or not all(can_be_typed(each.key) for each in (*texts, *labels)):
        return None
    label = labels[0].key
    return Guess.of({"prompt": first.key, "context": JOIN.join(near), "response": label, "category": label})

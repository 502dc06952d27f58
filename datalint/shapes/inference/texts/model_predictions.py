"""Predictions of a model next to the right ones: these are learned from the prompt, and neither from the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.sampled import LEAST_ROWS, Holds, SampledColumn
from datalint.shapes.evidence.sampling import columns_of
from datalint.shapes.guess import Guess
from datalint.shapes.inference.labelled.scored_pairs import are_alike
from datalint.support.names.column_names import fold_name

#: Words of the names of what a model predicted, and of what is right.
_PREDICTED: Final = frozenset("predict predicts predicted prediction predictions pred preds hyp hyps".split())
_SYSTEM: Final = _PREDICTED | frozenset("hypothesis hypotheses actual obtained system".split())
_RIGHT: Final = frozenset(
    "label labels gold golden reference references ref refs target expected truth groundtruth".split()
)
#: Words that say of both that they are texts.
_PLAIN: Final = frozenset("text answer response output sentence summary translation ground".split())


def compares_predictions(guess: Guess, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Return whether a guess learns what is right from what was predicted, or the reverse, or reads one of both.

    Texts that share most of their words are corrected: what is right is learned from what was recognised.
    """
    found = dict(guess.columns)
    prompt, response = found.get("prompt", ""), found.get("response", "")
    if _is_all(found.get("text", ""), _RIGHT):
        return any(_is_all(key, _SYSTEM) for row in rows[:1] for key in row)
    if _is_all(prompt, _RIGHT) and _is_all(response, _SYSTEM):
        return True
    if not (_is_all(prompt, _SYSTEM) and _is_all(response, _RIGHT)):
        return False
    pair = [each for each in columns_of(rows) if each.key in (prompt, response)]
    return len(pair) != 2 or not are_alike(pair, rows)


def _is_all(key: str, words: frozenset[str]) -> bool:
    """Whether a name has one of some words, and no others but those of texts."""
    named = frozenset(fold_name(key))
    return not named.isdisjoint(words) and named <= words | _PLAIN


def predicted_programs(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> frozenset[str]:
    """Return the keys of programs that a model predicted, next to the right ones, which share most of their words.

    A ``prediction`` of a query answers the question, and neither the question nor the right ``query`` leads to it.
    """
    if len(rows) < LEAST_ROWS:
        return frozenset()
    predicted = [each for each in columns if each.holds is Holds.TEXT and _is_all(each.key, _PREDICTED)]
    right = [each for each in columns if each.holds is Holds.TEXT and each.code and each not in predicted]
    asked = [each for each in columns if each.holds is Holds.TEXT and each.asks and each not in predicted]
    if len(right) != 1 or not asked:
        return frozenset()
    return frozenset(each.key for each in predicted if are_alike([each, right[0]], rows))

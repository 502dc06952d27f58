"""Reviews of two answers to a prompt, with a score for each: a judge reads the answers and writes the review."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.labels import VARIED
from datalint.shapes.evidence.names import is_about, named_as
from datalint.shapes.evidence.sampled import LEAST_ROWS, LONG, Holds, SampledColumn
from datalint.shapes.guess import JOIN, Guess, can_be_typed
from datalint.shapes.inference.labelled.judged_texts import GRADES
from datalint.support.names.column_names import last_word
from datalint.support.names.feedback_keys import is_feedback
from datalint.support.written_lists import parse_list

#: Last words of the names of reviews, but for those of feedback.
_REVIEWS: Final = frozenset("review evaluation judgement judgment explanation rationale".split())
#: Answers that are compared, and the share of rows with a score for each.
_TWO: Final = 2
_NEARLY_ALL: Final = 0.9


def reviewed_pairs(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess that reads two answers to a prompt, and learns their review and scores; None for other rows."""
    if len(rows) < LEAST_ROWS:
        return None
    scores = [each for each in columns if last_word(each.key) in GRADES and _are_pairs(rows, each.key)]
    texts = [each for each in columns if each.holds is Holds.TEXT and each not in scores and can_be_typed(each.key)]
    reviews = [each for each in texts if is_feedback(each.key) or last_word(each.key) in _REVIEWS]
    asked = [each for each in named_as(texts, "prompt") if each not in reviews]
    answers = [each for each in texts if each not in (*reviews, *asked) and not is_about(each)]
    answers = [each for each in answers if each.length > LONG and each.distinct >= VARIED]
    if len(scores) != 1 or len(reviews) != 1 or len(asked) != 1 or len(answers) != _TWO:
        return None
    read = {"prompt": asked[0].key, "context": JOIN.join(each.key for each in answers)}
    return Guess.of(read | {"response": JOIN.join((reviews[0].key, scores[0].key))}, clear=True, basis="names")


def _are_pairs(rows: Sequence[Mapping[str, Any]], key: str) -> bool:
    """Whether nearly all values under a key are lists of two numbers, which may be written as text."""
    values = [parse_list(value) if isinstance(value, str) else value for row in rows if (value := row.get(key))]
    pairs = sum(isinstance(each, list) and len(each) == _TWO and all(map(_is_number, each)) for each in values)
    return pairs >= _NEARLY_ALL * len(rows)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)

"""Answers to judge, by the name of their column, and the judgement, which is learned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.names import has_word, is_about, named_as
from datalint.shapes.evidence.sampled import LEAST_ROWS, Holds, SampledColumn
from datalint.shapes.guess import JOIN, Guess
from datalint.support.names.column_names import fold_name
from datalint.support.names.feedback_keys import is_feedback

#: Last words of keys of answers to judge: ``response_to_judge``.
_TO: Final = "to"
_JUDGING: Final = frozenset("judge evaluate score grade rate critique criticize assess review verify mark rank".split())
_UNDER: Final = ("under", "test")
#: Words of the names of judgements.
_JUDGEMENTS: Final = (
    *("verdict", "score", "scores", "grade", "rating", "judgement", "judgment", "critique", "feedback", "label"),
    *("assessment", "evaluation", "decision", "preference", "mark", "quality", "correct"),
)
_LEARNED: Final = (Holds.TEXT, Holds.LABEL, Holds.NUMBER, Holds.OBJECT)
#: Words of keys of the standards for answers.
_JUDGED_BY: Final = (
    "rubric",
    "criteria",
    "criterion",
    "reference",
    "gold",
    "golden",
    "ideal",
    "guideline",
    "guidelines",
)


def answer_judgements(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess that learns the judgement of an answer to judge, and reads its prompt; None for other rows.

    A critique is written before its verdict.
    """
    answers = [each for each in columns if each.holds is Holds.TEXT and is_to_be_judged(each.key)]
    if len(rows) < LEAST_ROWS or len(answers) != 1:
        return None
    rest = [each for each in columns if each is not answers[0]]
    judged = [each for each in rest if has_word(each.key, _JUDGEMENTS) or is_feedback(each.key)]
    judged = [each for each in judged if each.holds in _LEARNED and not has_word(each.key, _JUDGED_BY)]
    if not judged:
        return None
    asked = [each for each in named_as([e for e in rest if e not in judged], "prompt") if each.holds is Holds.TEXT]
    asked = [each for each in asked if not is_about(each)]
    standards = [each for each in rest if has_word(each.key, _JUDGED_BY) and each.holds in (Holds.TEXT, Holds.LIST)]
    judged.sort(key=lambda each: each.holds is not Holds.TEXT)
    context = [*(answers if asked else ()), *(each for each in standards if each not in judged)]
    found = {"prompt": (asked or answers)[0].key, "response": JOIN.join(each.key for each in judged)}
    found |= {"context": JOIN.join(each.key for each in context)} if context else {}
    if len(judged) == 1 and judged[0].holds is Holds.LABEL:
        found["category"] = judged[0].key
    return Guess.of(found, clear=True, basis="names")


def is_to_be_judged(key: str) -> bool:
    """Return whether a key holds a text to judge, by its name."""
    words = fold_name(key)
    return len(words) > 2 and ((words[-2] == _TO and words[-1] in _JUDGING) or words[-2:] == _UNDER)

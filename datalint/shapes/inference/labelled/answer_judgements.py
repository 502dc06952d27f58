"""Answers to judge, by the name of their column or the labels next to them, and the judgement, which is learned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.names import has_word, is_about, named_as
from datalint.shapes.evidence.sampled import LEAST_ROWS, Holds, SampledColumn
from datalint.shapes.guess import JOIN, Guess
from datalint.shapes.inference.labelled.judged_texts import GRADES
from datalint.support.names.column_names import fold_name, last_word
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

#: Words of the names of what a model answered, and the last words of those of labels that judge it. A score or
#: rating judges if it is yes or no: one of several grades describes a row that the answer is learned from.
_GENERATED: Final = ("generated", "candidate", "predicted", "prediction", "model", "system")
_ANSWERS: Final = ("answer", "response", "output", "reply", "completion")
_LABELS: Final = ("label", "verdict")
#: Labels from which on they are what the rows are for: one alone may be the class of a row.
_SEVERAL: Final = 2


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


def labelled_answers(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess that learns several labels of what a model answered, and reads that; None for other rows.

    Such answers are wrong as often as right, and missing where one label alone is about the prompt.
    """
    answers = [each for each in columns if each.holds is Holds.TEXT and _is_generated(each.key)]
    labels = [each for each in columns if _is_judgement(each)]
    if len(rows) < LEAST_ROWS or len(answers) != 1 or len(labels) < _SEVERAL:
        return None
    rest = [each for each in columns if each.holds is Holds.TEXT and each not in (*answers, *labels)]
    asked = [each for each in named_as(rest, "prompt") if not is_about(each)]
    if len(asked) != 1:
        return None
    contexts = [each for each in named_as(rest, "context") if each not in asked]
    read = {"prompt": asked[0].key, "context": JOIN.join(each.key for each in (*contexts, *answers))}
    return Guess.of(read | {"response": JOIN.join(each.key for each in labels)}, clear=True, basis="names")


def _is_generated(key: str) -> bool:
    """Whether a key holds what a model answered, by its name: ``generated_answer``."""
    return has_word(key, _GENERATED) and has_word(key, _ANSWERS)


def _is_judgement(column: SampledColumn) -> bool:
    """Whether a column judges an answer: it holds labels, or grades that are yes or no."""
    word = last_word(column.key)
    if word in _LABELS:
        return column.binary or column.holds is Holds.LABEL
    return column.binary and word in GRADES


def is_to_be_judged(key: str) -> bool:
    """Return whether a key holds a text to judge, by its name."""
    words = fold_name(key)
    return len(words) > 2 and ((words[-2] == _TO and words[-1] in _JUDGING) or words[-2:] == _UNDER)

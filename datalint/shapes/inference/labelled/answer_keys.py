"""Columns of all right or all wrong answers to a question, by which one answer is judged."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from datalint.shapes.evidence.labels import is_few
from datalint.shapes.evidence.names import BETTER, OPTION, OUTPUTS, WORSE, has_word, is_about
from datalint.shapes.evidence.sampled import LEAST_ROWS, READABLE, Holds, SampledColumn
from datalint.shapes.guess import JOIN, Guess
from datalint.support.names.column_names import Strength, fold_name, last_word, strength
from datalint.support.names.model_names import is_model

#: Last words of the names of several answers in one value, and words of a side of a preference.
_SEVERAL: Final = frozenset("answers responses replies completions outputs".split())
_SIDES: Final = ("chosen", "rejected")
#: Words of keys of the output of models.
_BY_MACHINES: Final = (*OUTPUTS, "machine")
#: Words of the names of how true an answer is.
_JUDGED: Final = frozenset("truthfulness truthful truth correctness correct judgement judgment verdict label".split())


def is_by_machine(key: str) -> bool:
    """Return whether a key holds the output of a model, by its name or by that of the model."""
    return has_word(key, _BY_MACHINES) or is_model(key)


def is_answer_key(column: SampledColumn, columns: Sequence[SampledColumn]) -> bool:
    """Return whether a column holds all right or all wrong answers, such as ``correct_answers``.

    Its values are lists that are written as text, or stand next to one answer, such as a ``model_answer``.
    """
    named = last_word(column.key) in _SEVERAL and has_word(column.key, (*BETTER, *WORSE))
    if not named or has_word(column.key, _SIDES):
        return False
    return column.listed or bool(_answers(columns))


def without_answer_keys(responses: Sequence[SampledColumn], columns: Sequence[SampledColumn]) -> list[SampledColumn]:
    """Return the columns that may be learned: no wrong answers and options, and no list of answers next to one.

    An ``A`` of numbers answers a ``Q`` alone: it may be arousal, or agreement.
    """
    usable = [each for each in responses if not has_word(each.key, (*WORSE, *OPTION))]
    asked = any(fold_name(each.key) == ("q",) for each in columns)
    usable = [each for each in usable if asked or each.holds is not Holds.NUMBER or fold_name(each.key) != ("a",)]
    return [each for each in usable if not is_answer_key(each, columns)] if _answers(columns) else usable


def judged_by_keys(columns: Sequence[SampledColumn], rows: int) -> Guess | None:
    """Return the proposal for a question, its right and wrong answers, and a model's answer with its truthfulness.

    Many rows have the same question and lists. The judgement is learned, from all the others.
    """
    keys = [each for each in columns if is_answer_key(each, columns)]
    answers = [each for each in _answers(columns) if is_by_machine(each.key)]
    asked = [each for each in columns if strength(each.key, "prompt") >= Strength.HEAD and each.holds is Holds.TEXT]
    judged = [each for each in columns if not _JUDGED.isdisjoint(fold_name(each.key)[-1:]) and is_few(each)]
    if rows < LEAST_ROWS or len(keys) < 2 or not len(answers) == len(asked) == 1 or not judged:
        return None
    context = JOIN.join(each.key for each in columns if each in (*keys, *answers))
    return Guess.of({"prompt": asked[0].key, "context": context, "response": judged[0].key})


def _answers(columns: Sequence[SampledColumn]) -> list[SampledColumn]:
    """Return the texts that are one answer each, by their names."""
    texts = (each for each in columns if each.holds in READABLE and not is_about(each) and not each.listed)
    named = (each for each in texts if strength(each.key, "response") >= Strength.HEAD)
    return [each for each in named if last_word(each.key) not in _SEVERAL and not has_word(each.key, WORSE)]

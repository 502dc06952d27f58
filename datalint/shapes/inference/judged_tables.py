"""Inference of tables without a header that judge whether answers to questions about texts are right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.sampled import LEAST_ROWS, LONG, Holds, SampledColumn, is_unnamed
from datalint.shapes.guess import JOIN, Guess

#: What is asked about in a table of judged answers, and such judgements, which are as short in most languages.
_ASKED_ABOUT: Final = ("text", "question", "answer")
_VERDICTS: Final = ("yes", "no")


def judged_answers(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the proposal for a table without names of texts, questions, answers, and which of two each of these is.

    Other labels, such as the kind of the question, are its category.
    """
    if len(rows) < LEAST_ROWS or not all(map(is_unnamed, columns)):
        return None
    # Each question has some answers, so that few of them are different.
    texts = [each for each in columns if each.holds is Holds.TEXT or (each.holds is Holds.LABEL and each.length > LONG)]
    labels = [each for each in columns if each.holds is Holds.LABEL and each not in texts]
    short = [each for each in labels if each.length <= max(map(len, _VERDICTS))]
    verdicts = [each for each in short if round(each.distinct * len(rows)) == len(_VERDICTS)]
    if len(texts) + len(labels) < len(columns) or len(texts) != len(_ASKED_ABOUT) or len(verdicts) != 1:
        return None
    passage, question, answer = texts
    in_order = [*texts, *verdicts] == [each for each in columns if each in (*texts, *verdicts)]
    if not in_order or not question.asks or passage.asks or answer.asks or passage.length <= question.length:
        return None
    found = {"prompt": JOIN.join(each.key for each in texts), "response": verdicts[0].key}
    others = [each.key for each in labels if each not in verdicts]
    return Guess.of(found | ({"category": others[0]} if others else {}))

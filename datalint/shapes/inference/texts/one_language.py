"""Questions and answers in two languages: a question belongs to the answer that is written in its script."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.labels import VARIED
from datalint.shapes.evidence.names import QUESTIONS, has_word, is_about
from datalint.shapes.evidence.sampled import Holds, SampledColumn
from datalint.shapes.guess import JOIN, Guess, can_be_typed, keys_of

#: Words of the names of answers.
_ANSWERS: Final = ("answer", "answers", "response", "reply")


def in_one_language(guess: Guess, columns: Sequence[SampledColumn], _: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the proposal with the question in the script of the answer, or else the answer in that of the question.

    Neither is a translation of the other. A question in another script is no context of one.
    """
    found = dict(guess.columns)
    known = {each.key: each for each in columns}
    prompt, response = (known.get(found.get(side, "")) for side in ("prompt", "response"))
    if prompt is None or response is None or not _is_named(prompt, QUESTIONS) or not _is_named(response, _ANSWERS):
        return None
    if prompt.script == response.script:
        return None
    asked = [each for each in columns if each is not response and _is_named(each, QUESTIONS)]
    answers = [each for each in columns if each is not prompt and _is_named(each, _ANSWERS)]
    questions = [each for each in asked if each.script == response.script]
    answers = [each for each in answers if each not in asked and each.script == prompt.script]
    if len(questions) == 1:
        prompt = questions[0]
    elif not questions and len(answers) == 1:
        response = answers[0]
    else:
        return None
    read = [key for key in keys_of("context", found.get("context", "")) if key and known.get(key) not in asked]
    context = {"context": JOIN.join(read)} if read else {}
    kept = {meaning: key for meaning, key in found.items() if meaning != "context"}
    return Guess.of({**kept, "prompt": prompt.key, **context, "response": response.key})


def _is_named(column: SampledColumn, words: Sequence[str]) -> bool:
    """Whether a column has texts in a script, each another one, and one of the words in its name."""
    texts = column.holds is Holds.TEXT and column.script and column.distinct >= VARIED and not column.sparse
    return bool(texts) and has_word(column.key, words) and can_be_typed(column.key) and not is_about(column)

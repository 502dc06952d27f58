"""Texts with their answers under the same name and one word more: ``Hindi_Language`` and ``Hindi_Language_Answers``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.labels import VARIED
from datalint.shapes.evidence.sampled import LEAST_ROWS, LONG, Holds, SampledColumn
from datalint.shapes.guess import Guess, can_be_typed
from datalint.support.lazy_pattern import lazy_pattern

#: What is added to the name of a question.
_ANSWER: Final = lazy_pattern(r"(.{2,60}?)[ _-]?(?:answers?|ans|responses?|repl(?:y|ies))")


def answered_names(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the proposal to learn the only texts that are answers to others by their names; None for other rows."""
    texts = {
        each.key.strip().casefold(): each
        for each in columns
        if each.holds is Holds.TEXT and each.distinct >= VARIED and can_be_typed(each.key)
    }
    pairs = [
        (texts[match[1]], answer)
        for name, answer in texts.items()
        if (match := _ANSWER.fullmatch(name)) is not None and match[1] in texts and answer.length > LONG
    ]
    if len(rows) < LEAST_ROWS or len(pairs) != 1:
        return None
    ((asked, answer),) = pairs
    return Guess.of({"prompt": asked.key, "response": answer.key})

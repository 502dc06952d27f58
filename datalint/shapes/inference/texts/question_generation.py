"""Questions that were made for an answer in a passage: the question is learned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.labels import VARIED
from datalint.shapes.evidence.names import QUESTIONS, has_word
from datalint.shapes.evidence.sampled import LEAST_ROWS, Holds, SampledColumn
from datalint.shapes.guess import JOIN, Guess
from datalint.support.names.column_names import Strength, fold_name, strength

#: Words of keys of generated questions, and last words of keys of answers that are marked in a passage.
_MADE: Final = ("generated", "synthetic", "target", "generate")
_MARKED: Final = frozenset(("span", "phrase", "highlight"))


def asked_for(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the proposal for marked answers, their passages, and the questions that were made for these."""
    texts = [each for each in columns if each.holds is Holds.TEXT and not each.sparse]
    made = [each for each in texts if has_word(each.key, QUESTIONS) and has_word(each.key, _MADE)]
    marked = [each for each in texts if _is_marked(each)]
    if len(rows) < LEAST_ROWS or len(made) != 1 or len(marked) != 1 or made[0].distinct < VARIED:
        return None
    passages = [each for each in texts if strength(each.key, "context") is Strength.WHOLE and each not in marked]
    others = [each for each in texts if each not in (*made, *marked, *passages)]
    if len(passages) > 1 or any(strength(each.key, "prompt") >= Strength.HEAD for each in others):
        return None
    return Guess.of({"prompt": JOIN.join(each.key for each in (*passages, *marked)), "response": made[0].key})


def _is_marked(column: SampledColumn) -> bool:
    words = fold_name(column.key)
    return len(words) > 1 and words[-1] in _MARKED and strength(words[0], "response") is Strength.WHOLE

"""Two answers to a prompt with a judgement that does not name one of them: what it means is up to the user."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.answer_keys import NUMBERS, OTHERS, answers_by_key
from datalint.shapes.evidence.labels import VARIED
from datalint.shapes.evidence.names import BETTER, has_word
from datalint.shapes.evidence.sampled import LEAST_ROWS, Holds, SampledColumn
from datalint.shapes.guess import JOIN, Guess, can_be_typed
from datalint.support.names.column_names import Strength, strength

#: The keys of two answers, by that of the first.
_PAIRS: Final = answers_by_key((*NUMBERS, *OTHERS))
#: Words of the names of how two answers compare, in addition to those of the better one.
_COMPARES: Final = (
    "overall", "winner", "verdict", "preference", "judgement",
    "judgment", "score", "rating", "comparison", "margin", "strength", "decision", "vote",
)  # fmt: skip
#: Values of a judgement at most: from -3 to 3, and some more.
_MOST_VALUES: Final = 9


def compared_answers(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the proposal that reads a prompt and both answers, and learns the only judgement; None for other rows.

    Known shapes have read the rows of which a value names the better answer.
    """
    if len(rows) < LEAST_ROWS:
        return None
    texts = {each.key: each for each in columns if each.holds is Holds.TEXT and each.distinct >= VARIED}
    pairs = [each for key in texts if (each := _PAIRS.get(key)) and each.second in texts and each.third not in texts]
    asked = [key for key in texts if strength(key, "prompt") is Strength.WHOLE]
    judged = [each for each in columns if _compares(each, len(rows))]
    if len(pairs) != 1 or len(asked) != 1 or len(judged) != 1:
        return None
    keys = (*asked, pairs[0].first, pairs[0].second, judged[0].key)
    if len({*keys}) != len(keys) or not all(map(can_be_typed, keys)):
        return None
    found = {"prompt": keys[0], "context": JOIN.join(keys[1:3]), "response": keys[3]}
    return Guess.of(found)


def _compares(column: SampledColumn, rows: int) -> bool:
    """Whether a column has few values by its sample, and judges by its name."""
    few = column.holds in (Holds.LABEL, Holds.NUMBER) and 1.5 < column.distinct * rows <= _MOST_VALUES
    return few and column.short and not column.sparse and has_word(column.key, (*BETTER, *_COMPARES))

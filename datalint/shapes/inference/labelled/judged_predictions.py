"""Predictions of a system for a text, and the judgement of people whether they are right, which can be learned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.names import has_word, is_about
from datalint.shapes.evidence.sampled import LEAST_ROWS, Holds, SampledColumn
from datalint.shapes.guess import JOIN, Guess, can_be_typed
from datalint.support.names.column_names import fold_name, strength

#: First or last words of the names of what was predicted, and words of the names of judgements.
_PREDICTED: Final = frozenset(("prediction", "predicted"))
_JUDGED: Final = ("correct", "right", "valid", "accepted", "acceptable")
_VERDICTS: Final = frozenset(("y", "n", "yes", "no", "true", "false", "0", "1"))
_NEARLY_ALL: Final = 0.95


def judged_predictions(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the proposal for a text, the prediction for it and judgements by yes or no; None for other rows.

    A row is one prediction, so that texts repeat. Of judgements under one name but for the person, the shared one is
    learned.
    """
    typed = [each for each in columns if can_be_typed(each.key) and not is_about(each) and not each.sparse]
    predicted = [each for each in typed if each.holds is Holds.TEXT and _is_predicted(each)]
    verdicts = [each.key for each in typed if has_word(each.key, _JUDGED) and _are_verdicts(rows, each.key)]
    before = typed[: typed.index(predicted[0])] if len(predicted) == 1 else []
    texts = [each for each in before if each.holds is Holds.TEXT and each.key not in verdicts]
    if len(rows) < LEAST_ROWS or not texts or not verdicts:
        return None
    prompt = max(texts, key=lambda each: (max(strength(each.key, "prompt"), strength(each.key, "text")), each.length))
    shared = [key for key in verdicts if not any(_is_longer(key, other) for other in verdicts)]
    found = {"prompt": prompt.key, "context": predicted[0].key, "response": JOIN.join(shared)}
    return Guess.of(found)


def _is_predicted(column: SampledColumn) -> bool:
    words = fold_name(column.key)
    return not _PREDICTED.isdisjoint((*words[:1], *words[-1:]))


def _are_verdicts(rows: Sequence[Mapping[str, Any]], key: str) -> bool:
    values = [str(row.get(key)).strip().lower() for row in rows if row.get(key) not in (None, "")]
    return 2 * len(values) > len(rows) and sum(value in _VERDICTS for value in values) >= _NEARLY_ALL * len(values)


def _is_longer(key: str, other: str) -> bool:
    """Whether a name is another one with a word after it, such as the letter of who judged."""
    return key != other and key.startswith(other)

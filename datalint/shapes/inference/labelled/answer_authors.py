"""Questions with answers of people and of models, and which of both wrote an answer, for a classifier."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.guess import Guess
from datalint.support.names.answer_flags import may_flag_answer, named_author

#: Questions with answers of both kinds at least, and their share of the questions that occur again.
_LEAST: Final = 3
_MOST: Final = 0.5


def flag_of_answers(rows: Sequence[Mapping[str, Any]], keys: Sequence[str]) -> str:
    """Return the one key of ``keys`` with two values that say who wrote an answer, or which class it has; else ""."""
    found = [key for key in keys if any(may_flag_answer(key, row.get(key)) for row in rows[:1])]
    found = [key for key in found if _has_both(key, [row.get(key) for row in rows])]
    return found[0] if len(found) == 1 else ""


def who_answered(rows: Sequence[Mapping[str, Any]], question: str, answer: str, flag: str) -> Guess | None:
    """Return the guess that learns the flag of an answer if most questions that occur again have answers of both kinds.

    What a model added to a few questions for training is learned like the other answers.
    """
    kinds: dict[str, set[str]] = {}
    for row in rows:
        kinds.setdefault(str(row.get(question)), set()).add(str(row.get(flag)))
    again = sum(count > 1 for count in Counter(str(row.get(question)) for row in rows).values())
    both = sum(len(each) > 1 for each in kinds.values())
    if both < max(_LEAST, _MOST * again):
        return None
    found = {"prompt": question, "context": answer, "response": flag, "category": flag}
    return Guess.of(found, clear=True, basis="values")


def _has_both(key: str, values: Sequence[object]) -> bool:
    """Whether values are of two kinds, each row with one: 0 and 1, or a name for people and one for models."""
    if not all(may_flag_answer(key, value) for value in values) or len(set(map(str, values))) != 2:
        return False
    named = {named_author(value) for value in values}
    return named in ({""}, {"people", "models"})

"""Questions with answers of people and of models, and which of both wrote an answer, for a classifier."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.sampled import SampledColumn
from datalint.shapes.guess import Guess
from datalint.support.names.answer_flags import names_answer_flag

#: Questions with answers of both kinds at least, and their share of the questions that occur again.
_LEAST: Final = 3
_MOST: Final = 0.5


def flags_answers(column: SampledColumn) -> bool:
    """Return whether a column of zeros and ones says who wrote an answer, or which class it has, by its name."""
    return column.binary and not column.sparse and names_answer_flag(column.key)


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
    return Guess.of(
        {"prompt": question, "context": answer, "response": flag, "category": flag}, clear=True, basis="values"
    )

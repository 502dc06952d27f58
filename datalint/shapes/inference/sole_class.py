"""Proposal for rows of one text, under a name that says nothing, and its only category."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.labels import VARIED, is_label
from datalint.shapes.evidence.names import EXPLAINS, OUTPUTS, has_word, is_about
from datalint.shapes.evidence.sampled import LEAST_ROWS, LONG, Holds, SampledColumn, columns_of, is_unnamed
from datalint.shapes.guess import Guess, can_be_typed
from datalint.support.names.column_names import Strength, strength

#: What says nothing of a text: numbers, identifiers and nothing at all.
_FACTS: Final = (Holds.NOTHING, Holds.NUMBER, Holds.REFERENCE)
#: Words of the names of answers.
_ANSWERS: Final = (*OUTPUTS, "answer", "response", "output", "completion", "reply", "solution")
#: Rows for each value of a class, on average, at least.
_OFTEN: Final = 4


def with_sole_class(rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the proposal for the only text of rows and its only class; None for rows with anything else to read.

    A list of tags of a few kinds is such a class too.
    """
    if len(rows) < LEAST_ROWS:
        return None
    columns = [each for each in columns_of(rows) if each.holds not in _FACTS and not is_about(each)]
    classes = [each for each in columns if _may_be_class(each, len(rows))]
    texts = [each for each in columns if each not in classes]
    if len(columns) != 2 or len(classes) != 1 or not all(can_be_typed(each.key) for each in columns):
        return None
    text, label = texts[0], classes[0]
    if text.holds is not Holds.TEXT or text.length <= LONG or text.distinct < VARIED or text.code or is_unnamed(text):
        return None
    if has_word(text.key, (*EXPLAINS, *_ANSWERS)):
        return None  # what a model wrote, of which the category is that of its prompt, or what is said of an answer
    return Guess.of({"prompt": text.key, "response": label.key, "category": label.key})


def _may_be_class(column: SampledColumn, rows: int) -> bool:
    """Whether a column holds a category by its name, of which each value has several rows, or a list of such."""
    if strength(column.key, "category") < Strength.HEAD or is_unnamed(column):
        return False
    if column.holds is Holds.LIST:
        return column.distinct <= VARIED
    return 1.5 < column.distinct * rows <= rows / _OFTEN and column.holds is Holds.LABEL and is_label(column, rows)

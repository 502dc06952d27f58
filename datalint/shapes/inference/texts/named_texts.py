"""Columns that are texts by their names, although their values are lists of texts or come many times."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from datalint.shapes.evidence.names import is_about
from datalint.shapes.evidence.sampled import LEAST_ROWS, LONG, Holds, SampledColumn
from datalint.shapes.evidence.sampling import columns_of
from datalint.support.names.column_names import Strength, strength
from datalint.support.text_lists import are_texts


def with_texts(columns: tuple[SampledColumn, ...], rows: Sequence[Mapping[str, Any]]) -> tuple[SampledColumn, ...]:
    """Return columns of which those that are texts by their names hold texts, where no other does."""
    return _with_repeated_text(_with_joined_text(_with_sole_items(columns, rows), rows))


def _with_sole_items(
    columns: tuple[SampledColumn, ...], rows: Sequence[Mapping[str, Any]]
) -> tuple[SampledColumn, ...]:
    """Return the two columns of few rows of which a list of one text in each row is one, next to a prompt."""
    lists = [each for each in columns if each.holds is Holds.LIST and strength(each.key, "category") is Strength.NONE]
    asked = [each for each in columns if each.holds is Holds.TEXT and strength(each.key, "prompt") is Strength.WHOLE]
    if len(rows) >= LEAST_ROWS or not len(lists) == len(asked) == 1 or len(columns) > 2:
        return columns
    values = [row.get(lists[0].key) for row in rows]
    if not all(isinstance(value, list) and len(value) == 1 and isinstance(value[0], str) for value in values):
        return columns
    (column,) = columns_of([{lists[0].key: value[0]} for value in values if isinstance(value, list)])
    return tuple(column if each is lists[0] else each for each in columns)


def _with_joined_text(
    columns: tuple[SampledColumn, ...], rows: Sequence[Mapping[str, Any]]
) -> tuple[SampledColumn, ...]:
    """Return columns of which a list of sentences is the text, where there is no other text."""
    if any(each.holds in (Holds.TEXT, Holds.CHAT, Holds.OBJECT) and not is_about(each) for each in columns):
        return columns
    lists = [each for each in columns if each.holds is Holds.LIST and strength(each.key, "text") is Strength.WHOLE]
    texts = [row.get(each.key) for each in lists for row in rows]
    if len(lists) != 1 or not all(are_texts(each, 0) for each in texts):
        return columns
    joined = lists[0]._replace(holds=Holds.TEXT, length=LONG + 1.0)
    return tuple(joined if each is lists[0] else each for each in columns)


def _with_repeated_text(columns: tuple[SampledColumn, ...]) -> tuple[SampledColumn, ...]:
    """Return columns of few values of which one is a text that is repeated, and another its label, by their names.

    Where there are more columns, none of them is a text, and those that are repeated are of several words.
    """
    labels = [each for each in columns if each.holds is Holds.LABEL]
    texts = [each for each in labels if strength(each.key, "text") is Strength.WHOLE]
    if len(texts) != 1 or any(each.holds in (Holds.TEXT, Holds.CHAT, Holds.OBJECT, Holds.LIST) for each in columns):
        return columns
    if len(columns) > 2 and texts[0].length < LONG / 2:
        return columns
    stated = [each for each in labels if each is not texts[0] and strength(each.key, "category") is Strength.WHOLE]
    if len(stated) != 1 or texts[0].distinct <= stated[0].distinct:
        return columns
    return tuple(each._replace(holds=Holds.TEXT) if each is texts[0] else each for each in columns)

"""Columns that most rows lack: of optional answers next to a label that all rows have, and the last ones of a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.labels import is_class
from datalint.shapes.evidence.names import is_about, is_numbered
from datalint.shapes.evidence.sampled import LEAST_ROWS, Holds, SampledColumn, filled, is_unnamed
from datalint.support.names.column_names import Strength, strength

#: Share of the rows up to which an answer is optional, and from which on a column is that of all rows.
_OPTIONAL: Final = 0.2
_NEARLY_ALL: Final = 0.9
#: Share of the rows that may have a null where an answer is expected: of a few rows, it is an error.
_LACKING: Final = 0.2
_ANSWERS: Final = ("response", "written")
_READABLE: Final = (Holds.TEXT, Holds.LABEL, Holds.NUMBER)


def without_optional(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> list[SampledColumn]:
    """Return the columns without answers that few rows have, if nearly all rows have a class or another answer."""
    optional = [each for each in columns if _is_answer(each) and not is_class(each) and _is_optional(each, rows)]
    # The later turns of a conversation are those of few rows.
    optional = [each for each in optional if not is_numbered(each, columns)]
    learned = [each for each in columns if not each.sparse and (_is_answer(each) or is_class(each))]
    learned = [each for each in learned if each.holds in _READABLE and not is_about(each)]
    if not optional or not any(filled(rows, each.key) >= _NEARLY_ALL * len(rows) for each in learned):
        return [*columns]
    return [each for each in columns if each not in optional]


def lack_answers(rows: Sequence[Mapping[str, Any]], answers: Sequence[SampledColumn]) -> bool:
    """Return whether a fifth of the rows have a null for each of their answers, or few have more than a blank."""
    nulls = sum(all(row.get(each.key) is None for each in answers) for row in rows)
    return nulls > _LACKING * len(rows) or all(_is_optional(each, rows) for each in answers)


def without_rare_last(
    columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any]] | None:
    """Return rows without the last columns of a table without names that most rows lack; None if there is none.

    Such are the sources of the texts of a part of the rows.
    """
    if len(rows) < LEAST_ROWS or not all(map(is_unnamed, columns)):
        return None
    keys = [each.key for each in columns]
    kept = len(keys)
    while kept and 2 * sum(row.get(keys[kept - 1]) in (None, "") for row in rows) > len(rows):
        kept -= 1
    return None if kept == len(keys) else [{key: row.get(key) for key in keys[:kept]} for row in rows]


def _is_optional(column: SampledColumn, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether few rows have a value in a column."""
    return column.sparse and filled(rows, column.key) <= _OPTIONAL * len(rows)


def _is_answer(column: SampledColumn) -> bool:
    return any(strength(column.key, meaning) >= Strength.HEAD for meaning in _ANSWERS)

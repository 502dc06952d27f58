"""Columns with the parts of a query, which say what it is made of: its tables, columns, filters and joins."""

from __future__ import annotations

from typing import Final

from datalint.shapes.evidence.sampled import SampledColumn
from datalint.support.names.column_names import fold_name

#: Names of parts of a query, and such columns from which on they annotate it.
_PARTS: Final = frozenset(
    """tables table columns filters filter joins join groupby orderby where having select aggregations aggregation
    conditions limit""".split()
)
_LEAST: Final = 3


def without_query_parts(columns: tuple[SampledColumn, ...]) -> tuple[SampledColumn, ...]:
    """Return columns without the parts of a query that another column has as a whole; a long table is a schema."""
    parts = [each for each in columns if "".join(fold_name(each.key)) in _PARTS]
    if len(parts) < _LEAST or not any(each.code for each in columns if each not in parts):
        return columns
    return tuple(each for each in columns if each not in parts or each.code)

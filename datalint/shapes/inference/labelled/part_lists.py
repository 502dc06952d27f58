"""Lists that say something of each marked part of a text, next to the one label of the whole text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.labels import is_label
from datalint.shapes.evidence.sampled import LEAST_ROWS, Holds, SampledColumn
from datalint.support.written_lists import parse_list

#: Lists with one item for each part at least, and the share of rows in which all of them have as many items.
_LEAST: Final = 2
_NEARLY_ALL: Final = 0.95
#: Share of rows whose text has no such part at least: lists that no row leaves empty are learned.
_EMPTY: Final = 0.1
#: Values of a label that has two, fewer than.
_TWO: Final = 2.5


def without_part_lists(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> list[SampledColumn]:
    """Return the columns without lists that say what the parts of a text are, if one column has two labels of the text.

    The lists are written as text, have as many items as one another in each row, and are empty in many rows, where
    nothing is marked. One of them has the places of the parts. How many rows have any says nothing of what is learned.
    """
    listed = [each for each in columns if each.listed and each.holds in (Holds.TEXT, Holds.LABEL, Holds.OTHER)]
    if len(rows) < LEAST_ROWS or len(listed) < _LEAST or not any(each.holds is Holds.OTHER for each in listed):
        return list(columns)
    rest = [each for each in columns if each not in listed]
    labels = [each for each in rest if is_label(each, len(rows))]
    if len(labels) != 1 or labels[0].distinct * len(rows) >= _TWO:
        return list(columns)
    sizes = {each.key: [_size(row.get(each.key)) for row in rows] for each in listed}
    parts = {key for key, some in sizes.items() if some.count(0) >= _EMPTY * len(rows)}
    alike = sum(len({sizes[key][at] for key in parts}) == 1 for at in range(len(rows)))
    if not any(each.key in parts and each.holds is Holds.OTHER for each in listed):
        return list(columns)
    if len(parts) < _LEAST or alike < _NEARLY_ALL * len(rows):
        return list(columns)
    return [each for each in columns if each.key not in parts]


def _size(value: object) -> int | None:
    """Return how many items a list that is written as text has; None for anything else."""
    items = parse_list(value) if isinstance(value, str) else None
    return None if items is None else len(items)

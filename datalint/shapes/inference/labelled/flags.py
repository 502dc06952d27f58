"""Columns that say of one of several labels whether a text has it, where neither name nor values alone say so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.names import is_about, stem
from datalint.shapes.evidence.sampled import Holds, SampledColumn

#: What stands for yes in a column that is blank otherwise.
_MARKS: Final = frozenset(
    ("x", "y", "yes", "+", "*", "✓", "✔", "✗", "•", "●", "☑", "ja", "oui", "sí", "si", "sim", "да")
)
#: Columns from which on marks or numbered columns are labels of a text.
_LEAST: Final = 3
_FULL: Final = 0.95


def marked_columns(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> list[SampledColumn]:
    """Return the columns that hold one mark, such as ``x``, for some rows, and nothing for the others."""
    usable = [each for each in columns if each.holds in (Holds.OTHER, Holds.LABEL, Holds.NOTHING)]
    found: list[SampledColumn] = []
    marks: set[str] = set()
    for each in usable:
        values = [str(row.get(each.key) or "").strip().casefold() for row in rows]
        said = {*values} - {""}
        if len(said) == 1 and said <= _MARKS and sum(map(bool, values)) < _FULL * len(rows) and not is_about(each):
            found.append(each)
            marks |= said
    return found if len(found) >= _LEAST and len(marks) == 1 else []


def numbered_flags(columns: Sequence[SampledColumn]) -> list[SampledColumn]:
    """Return the columns of zeros and ones whose names differ in a number alone: ``id_1``, ``id_2`` … name no rows."""
    flags = [each for each in columns if each.binary and stem(each.key)]
    return [each for each in flags if sum(stem(other.key) == stem(each.key) for other in flags) >= _LEAST]

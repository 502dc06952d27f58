"""Words that cells of tables have instead of a value."""

from __future__ import annotations

from typing import Final

#: In small letters. "None" and "NA" may be labels: a text without a stance, and the region of North America.
EMPTY_CELLS: Final = ("null", "nan", "n/a", "<na>", "-", "--")


def is_empty_cell(value: object) -> bool:
    """Return whether a value is a word that a table has where a row has no value."""
    return isinstance(value, str) and len(value) < 10 and value.strip().lower() in EMPTY_CELLS

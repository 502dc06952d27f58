"""An object with a list under each of many names, such as those of tables or documents, and what to do with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

#: Lists at least, and items of one that are looked at.
_LEAST: Final = 10
_LOOKED_AT: Final = 3
#: Share of the names that have a digit, as those of columns have not.
_NUMBERED: Final = 0.5


def said_of_keyed_lists(row: Mapping[str, Any]) -> str | None:
    """Return what to do with an object of lists that begin with values of the same types; None for any other row."""
    lists = [value for value in row.values() if isinstance(value, list) and value]
    if len(lists) < _LEAST or len(lists) < len(row):
        return None
    if len({tuple(map(type, value[:_LOOKED_AT])) for value in lists if len(value) >= _LOOKED_AT}) > 1:
        return None
    if sum(any(map(str.isdigit, key)) for key in row) < _NUMBERED * len(row):
        return None
    return f"each of {len(row):,} names has a list: write each example in it as a row, with the name under a key"

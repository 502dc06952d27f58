"""Objects that hold several lists of rows with different keys, such as texts to read and questions with answers."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any, Final

#: Lists of rows, rows of each of them, and rows of all, at least; rows and keys that are looked at.
_LEAST_LISTS: Final = 2
_LEAST_EACH: Final = 3
_LEAST_ROWS: Final = 20
_LOOKED_AT: Final = 20
_MOST_KEYS: Final = 64
#: Characters from which on a value is a text, and those of a value next to lists of rows at most.
_TEXT: Final = 20
_LONGEST: Final = 200
#: Share of the rows that have a text.
_MOSTLY: Final = 0.5


def tables_of(row: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the keys of an object that holds several lists of different rows and no text of its own; else nothing.

    Rows are objects with the same keys, and most of them have a text. The keys of one list are not those of the next.
    """
    if len(row) > _MOST_KEYS or any(isinstance(item, str) and len(item) > _LONGEST for item in row.values()):
        return ()
    lists = {key: item[:_LOOKED_AT] for key, item in row.items() if isinstance(item, list) and len(item) >= _LEAST_EACH}
    if sum(len(row[key]) for key in lists) < _LEAST_ROWS:
        return ()
    if len(lists) < _LEAST_LISTS or not all(map(_are_rows, lists.values())):
        return ()
    keys = [frozenset(items[0]) for items in lists.values()]
    return tuple(lists) if all(one != other for one, other in pairwise(keys)) else ()


def _are_rows(items: list[Any]) -> bool:
    """Whether items are objects that all have the keys of the first one, most of them with a text."""
    if not all(isinstance(item, dict) and item and item.keys() >= items[0].keys() for item in items):
        return False
    texts = sum(any(isinstance(each, str) and len(each) >= _TEXT for each in item.values()) for item in items)
    return texts > _MOSTLY * len(items)

"""An object with a list under each of many names, such as those of tables or documents, and what to do with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from datalint.support.text_lists import are_texts

#: Lists at least, and items of one that are looked at.
_LEAST: Final = 10
_LOOKED_AT: Final = 3
#: Share of the names that have a digit, as those of columns have not.
_NUMBERED: Final = 0.5
#: Lists of texts in an object at least, and the share of its values that are such lists.
_LISTS: Final = 3
_MOSTLY: Final = 0.75


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


def said_of_groups(row: Mapping[str, Any]) -> str | None:
    """Return what to do with a row of objects alone that hold lists of texts by name, as templates are; None for others."""
    lists = [inner for value in row.values() if isinstance(value, dict) for inner in value.values()]
    texts = sum(isinstance(inner, list) and are_texts(inner, 1) and not _are_numbers(inner) for inner in lists)
    if not all(isinstance(value, dict) for value in row.values()) or texts < max(_LISTS, _MOSTLY * len(lists)):
        return None
    return f"{texts:,} lists of texts are in objects: write each text as a row, or leave the file out if they are templates"


def _are_numbers(texts: list[str]) -> bool:
    """Return whether the first texts are numbers, such as those of what another file has."""
    return all(map(str.isdecimal, texts[:_LOOKED_AT]))

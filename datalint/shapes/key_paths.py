"""Paths of keys as ``--columns`` names them: into objects with dots, and into the items of a list with ``[]``."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final

from datalint.shapes.guess import NESTED

#: What follows the key of a list whose items a path reaches into: ``documents[].text``.
ITEMS: Final = "[]"


def top_of(key: str) -> str:
    """Return the key of the row in which a path begins."""
    first, dot, _ = key.partition(NESTED)
    return (first.removesuffix(ITEMS) if dot else first) or key


def has_key(keys: Collection[str], key: str) -> bool:
    """Return whether a row with these keys has a key, which may have dots itself or reach into an object with them."""
    return key in keys or top_of(key) in keys


def value_of(value: Mapping[str, Any], key: str) -> Any:
    """Return the value of a row under a key, which reaches into objects where it has dots; None if there is none.

    A path into the items of a list has the list of their values.
    """
    if key in value or NESTED not in key:
        return value.get(key)
    parts = key.split(NESTED)
    if ITEMS in key:
        return [*_values(value, parts)] or None
    item: Any = value
    for part in parts:
        item = item.get(part) if isinstance(item, dict) else None
    return item


def list_of(value: Mapping[str, Any], key: str) -> str:
    """Return the path of the list that a path reaches into; that path itself for any other, or for a key of the row."""
    return key.partition(ITEMS)[0] if NESTED in key and key not in value else key


def are_of_one_list(one: str, other: str) -> bool:
    """Return whether two paths reach into the items of the same list."""
    return NESTED in one and ITEMS in one and one.partition(ITEMS)[0] == other.partition(ITEMS)[0] != other


def first_of(value: Mapping[str, Any], key: str) -> tuple[Any, str]:
    """Return the value under a key and its path; of a path into the items of a list, those of the first value."""
    if key in value or NESTED not in key or ITEMS not in key:
        return value_of(value, key), key
    return next(_placed(value, key.split(NESTED), ""), (None, list_of(value, key)))


def _values(item: Any, parts: list[str]) -> Iterator[Any]:
    return (found for found, _ in _placed(item, parts, ""))


def _placed(item: Any, parts: list[str], path: str) -> Iterator[tuple[Any, str]]:
    """Yield the values that a path ends in, without nulls, and the path of each."""
    if not parts:
        if item is not None:
            yield item, path
        return
    if not isinstance(item, dict):
        return
    name = parts[0].removesuffix(ITEMS)
    inner, here = item.get(name), f"{path}{NESTED if path else ''}{name}"
    if name == parts[0]:
        yield from _placed(inner, parts[1:], here)
        return
    for place, each in enumerate(inner if isinstance(inner, list) else ()):
        yield from _placed(each, parts[1:], f"{here}[{place}]")

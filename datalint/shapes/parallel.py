"""Objects of equally long lists, as `datasets` stores a list of objects: one list for each key."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

#: Keys of such an object, at most and at least.
_MOST: Final = 64
_LEAST: Final = 2


def objects_of(value: object) -> list[dict[str, Any]]:
    """Return the objects of which ``value`` has one list for each key; empty for anything else."""
    if not isinstance(value, dict) or not _LEAST <= len(value) <= _MOST:
        return []
    lists = list(value.values())
    if not all(isinstance(each, list) and len(each) == len(lists[0]) for each in lists):
        return []
    return [dict(zip(value, items, strict=True)) for items in zip(*lists, strict=True)]


def listed(value: object) -> list[Any]:
    """Return a list as it is, and the objects of an object of lists; empty for anything else."""
    return value if isinstance(value, list) else objects_of(value)


def place_in(value: object, path: str, index: int) -> Callable[[str], str]:
    """Return a function from a key of an object to its path; ``index`` is that of the object in ``value``."""
    if isinstance(value, dict):
        return lambda key: f"{path}.{key}[{index}]"
    return lambda key: f"{path}[{index}].{key}"

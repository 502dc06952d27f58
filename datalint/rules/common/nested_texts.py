"""Texts of a row that are in a list of objects, where no mapping of columns reaches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

#: Characters from which on a value is a text, and items and keys of a list that are looked at.
_TEXT = 20
_ITEMS = 50
_KEYS = 20


def list_of_texts(value: Mapping[str, Any]) -> str | None:
    """Return the path of the list of objects that holds most of a row's texts.

    None if the row has a text of its own that is as long as all of a list, several lists with as many, or no such list.
    """
    outside = sum(len(item) for item in value.values() if isinstance(item, str) and len(item) >= _TEXT)
    sizes = {path: _size(items) for path, items in _lists(value)}
    found = max(sizes, key=lambda path: (sizes[path], path), default=None)
    if (
        found is None
        or sizes[found] <= max(outside, _TEXT)
        or (len(sizes) > 2 and 2 * sizes[found] < sum(sizes.values()))
    ):
        return None
    return found


def _lists(value: Mapping[str, Any]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Yield the lists of objects under the keys of a row, and under those of its objects, with their paths."""
    for key, item in value.items():
        for path, inner in ((key, item), *((f"{key}.{name}", each) for name, each in _items(item))):
            if isinstance(inner, list) and inner and all(isinstance(each, dict) for each in inner[:_ITEMS]):
                yield path, inner


def _items(item: object) -> Iterator[tuple[str, Any]]:
    yield from [*item.items()][:_KEYS] if isinstance(item, dict) else ()


def _size(items: list[dict[str, Any]]) -> int:
    return sum(_length(item[key]) for item in items[:_ITEMS] for key in [*item][:_KEYS])


def _length(item: object) -> int:
    texts = item[:_ITEMS] if isinstance(item, list) else [item]
    return sum(len(each) for each in texts if isinstance(each, str) and len(each) >= _TEXT)

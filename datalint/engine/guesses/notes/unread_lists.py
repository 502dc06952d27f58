"""Notes about lists next to a text that hold parts of it, or places in it, and are not read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any, Final

from datalint.shapes.base import Shape
from datalint.shapes.evidence.places import are_places, places_in
from datalint.shapes.fields import fields_of, keys_of
from datalint.shapes.guess import JOIN, Guess, can_be_typed
from datalint.support.lazy_pattern import lazy_pattern

#: Rows and items that are looked at, and keys of a row.
_ROWS: Final = 100
_ITEMS: Final = 50
_MOST: Final = 64
#: Rows from which on lists are more than chance, and lists that are not empty at least.
_LEAST_ROWS: Final = 10
_LEAST_FILLED: Final = 5
#: Share of the rows that must have a list, and of the items that must be parts of the text.
_NEARLY_ALL: Final = 0.9
_WITHIN: Final = 0.8
#: A list that is written as text, and its items.
_LIST: Final = lazy_pattern(r"\s*\[.*\]\s*", re.DOTALL)
_ITEM: Final = lazy_pattern(r"'([^'\n]{1,200})'|\"([^\"\n]{1,200})\"")
_LONGEST: Final = 5_000


def unread_lists(first: Mapping[str, Any], shape: Shape, rows: Iterable[Mapping[str, Any]]) -> str:
    """Return the note on lists next to the text of rows like the ``first``, whose items are in it; empty for none."""
    if len(first) > _MOST or shape.kind != "text" or shape.fields is None:
        return ""
    texts = keys_of(fields_of(shape, first), "text")
    listed = [key for key, value in first.items() if key not in texts and _items(value) is not None]
    placed = [key for key, value in first.items() if key not in texts and places_in(value) is not None]
    if len(texts) != 1 or not (listed or placed):
        return ""
    some = list(islice(rows, _ROWS))
    places = [key for key in placed if can_be_typed(key) and are_places(some, key, texts[0])]
    if places:
        found = f"numbers next to the text look like offsets in it and are not read: {', '.join(places)}"
        option = Guess.of({"prompt": texts[0], "response": JOIN.join(places)}).option if can_be_typed(texts[0]) else ""
        return f"{found}; to learn them: {option}" if option else found
    filled = {key: _parts(some, key, texts[0]) for key in listed if can_be_typed(key)}
    keys = [key for key, size in filled.items() if size]
    if max(filled.values(), default=0) < _LEAST_FILLED or not can_be_typed(texts[0]):
        return ""
    option = Guess.of({"prompt": texts[0], "response": JOIN.join(keys)}).option
    return f"lists next to the text contain parts of it and are not read; to learn them: {option}"


def _parts(rows: list[Mapping[str, Any]], key: str, text: str) -> int:
    """Return how many lists under a key are of parts of the text of their row; 0 where others are, or few rows."""
    lists = [(found, str(row.get(text))) for row in rows if (found := _items(row.get(key))) is not None]
    items = [item in whole for found, whole in lists for item in found]
    if len(lists) < max(_LEAST_ROWS, _NEARLY_ALL * len(rows)) or sum(items) < _WITHIN * len(items):
        return 0
    return sum(bool(found) for found, _ in lists)


def _items(value: object) -> list[str] | None:
    """Return the texts in a list, which may be written as text; None for anything else."""
    if isinstance(value, str) and len(value) <= _LONGEST and _LIST.fullmatch(value):
        return [one or other for one, other in islice(_ITEM.findall(value), _ITEMS)]
    if isinstance(value, list) and all(isinstance(each, str) for each in value[:_ITEMS]):
        return [each for each in value[:_ITEMS] if each]
    return None

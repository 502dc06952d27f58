"""Lists of outputs of several systems, each with the name of its system: candidates that are not learned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.guess import Guess, keys_of
from datalint.shapes.side_keys import names_system

#: Rows that are looked at, and the share of them whose lists must be so.
_ROWS: Final = 50
_MOSTLY: Final = 0.5


def learns_outputs(guess: Guess, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Return whether a guess takes lists of the outputs of several systems for responses."""
    keys = [key for meaning, value in guess.columns if meaning == "response" for key in keys_of(meaning, value)]
    return any(_are_outputs([row.get(key) for row in rows[:_ROWS]]) for key in keys)


def _are_outputs(values: Sequence[object]) -> bool:
    lists = [value for value in values if isinstance(value, list) and value]
    return bool(lists) and sum(map(_is_by_several, lists)) > _MOSTLY * len(lists)


def _is_by_several(items: Sequence[object]) -> bool:
    """Whether the items of a list are objects that name different systems, with a text each."""
    objects = [item for item in items if isinstance(item, dict)]
    if len(objects) < max(2, len(items)):
        return False
    names = [key for key in objects[0] if names_system(key) and isinstance(objects[0][key], str)]
    texts = any(isinstance(value, str) for key, value in objects[0].items() if key not in names)
    return texts and any(len({str(item.get(name)) for item in objects}) > 1 for name in names)

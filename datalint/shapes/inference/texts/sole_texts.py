"""Objects with one text and facts about it: ``{"text": …, "toxicity": 0.1}``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.guess import NESTED, Guess, can_be_typed

#: Share of rows that must have such an object, and rows that are looked at.
_FILLED: Final = 0.9
_ROWS: Final = 50
#: Names of the text; a thing with a name and a price is a whole.
_NAMES: Final = ("text", "content", "value", "string", "sentence", "body", "raw")


def with_sole_texts(guess: Guess | None, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return a guess that reads the only text of an object, next to numbers and flags, in the place of the object."""
    if guess is None:
        return None
    found = {meaning: _inner(key, rows) or key for meaning, key in guess.columns}
    return guess if found == dict(guess.columns) else Guess.of(found, clear=guess.clear, basis=guess.basis)


def _inner(key: str, rows: Sequence[Mapping[str, Any]]) -> str:
    """Return the path of the only text in the objects under a key; empty where they have none or others."""
    objects = [row[key] for row in rows[:_ROWS] if isinstance(row.get(key), dict) and len(row[key]) > 1]
    if len(objects) < _FILLED * len(rows[:_ROWS]):
        return ""
    texts = {name for each in objects for name, value in each.items() if isinstance(value, str)}
    plain = all(isinstance(value, str | int | float | None) for each in objects for value in each.values())
    if len(texts) != 1 or not plain:
        return ""
    [text] = texts
    if text.lower() not in _NAMES:
        return ""
    path = f"{key}{NESTED}{text}"
    return path if all(each.get(text) for each in objects) and can_be_typed(path) else ""

"""Lists of what an answer must contain, which are parts of it and no answers themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.guess import Guess, keys_of

#: Items of one list that are looked at, and the share of the rows whose items are all in the answer.
_ITEMS: Final = 50
_NEARLY_ALL: Final = 0.9


def without_quoted_parts(guess: Guess | None, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return a guess with several keys of the response without those whose lists quote another one of these."""
    keys = [] if guess is None else keys_of("response", dict(guess.columns).get("response", ""))
    if guess is None or len(keys) < 2:
        return guess
    kept = [key for key in keys if not any(_quotes(key, other, rows) for other in keys if other != key)]
    columns = tuple((meaning, "+".join(kept) if meaning == "response" else key) for meaning, key in guess.columns)
    return guess if len(kept) == len(keys) else guess._replace(columns=columns)


def _quotes(key: str, other: str, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Return whether a key has lists of texts in nearly all rows, which are parts of the text under another key."""
    found = sum(_is_quoted(row.get(key), row.get(other)) for row in rows)
    return found >= max(_NEARLY_ALL * len(rows), 1)


def _is_quoted(parts: object, text: object) -> bool:
    if not isinstance(parts, list) or not isinstance(text, str) or not parts:
        return False
    return all(isinstance(part, str) and part in text for part in parts[:_ITEMS])

"""Test cases with the message of a user as an object, next to the title of the case: ``current_message.content``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.guess import JOIN, NESTED, Guess, can_be_typed, keys_of
from datalint.shapes.side_keys import use_of
from datalint.support.names.column_names import Strength, last_word, strength

#: Last words of the names of messages, and of the conversation before one, and keys of the text of a message.
_MESSAGES: Final = frozenset("message turn utterance query question input prompt request".split())
_BEFORE: Final = "history"
_TEXTS: Final = ("content", "text", "message", "body")
#: Share of the rows that have such an object.
_FILLED: Final = 0.9


def with_message(guess: Guess | None, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the proposal that reads the only message of each row instead of a title or description of the row.

    What was said before it is its context. Other guesses are returned as they are.
    """
    found = {} if guess is None else dict(guess.columns)
    asked = found.get("prompt", "")
    if guess is None or not asked or NESTED in asked or "response" not in found or "messages" in found:
        return guess
    titles = any(strength(asked, meaning) is Strength.WHOLE for meaning in ("text", "heading"))
    if not titles and last_word(asked) != "scenario":
        return guess
    messages = {key: _text_of(key, rows) for key in rows[0] if last_word(key) in _MESSAGES}
    paths = [f"{key}{NESTED}{text}" for key, text in messages.items() if text and can_be_typed(key)]
    if len(paths) != 1:
        return guess
    earlier = [key for key in rows[0] if last_word(key) == _BEFORE and can_be_typed(key)]
    context = [key for key in keys_of("context", found.pop("context", "")) if key and key not in earlier]
    context = [*earlier, *context] if len(earlier) == 1 else context
    more = {"context": JOIN.join(context)} if context else {}
    return Guess.of(found | more | {"prompt": paths[0]})


def _text_of(key: str, rows: Sequence[Mapping[str, Any]]) -> str:
    """Return the key of the text of the messages under a key, next to facts about them; empty for other values."""
    objects = [row[key] for row in rows if isinstance(row.get(key), dict)]
    if not objects or len(objects) < _FILLED * len(rows):
        return ""
    text = next((name for name in _TEXTS if all(isinstance(each.get(name), str) for each in objects)), "")
    others = {name for each in objects for name, value in each.items() if name != text and not _is_fact(name, value)}
    return "" if others else text


def _is_fact(key: str, value: object) -> bool:
    return use_of(key) == "metadata" or key in ("sender", "role", "from") or isinstance(value, int | float | None)

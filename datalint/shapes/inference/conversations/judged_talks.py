"""Conversations with the verdict that a judge is expected to give, which is what rows teach."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.checking import is_right
from datalint.shapes.evidence.sampled import filled
from datalint.shapes.guess import Guess, can_be_typed
from datalint.support.names.column_names import last_word

#: Last words of the names of what a judge says of a conversation, and characters of it at most.
_VERDICTS: Final = frozenset("verdict judgement judgment label labels".split())
_LONGEST: Final = 40


def with_expected_verdict(guess: Guess | None, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the proposal to learn the ``expected_verdict`` on a conversation; the guess if rows have none."""
    found = {} if guess is None else dict(guess.columns)
    if guess is None or not found.keys() <= {"messages", "category"} or "messages" not in found:
        return guess
    keys = [key for key in rows[0] if last_word(key) in _VERDICTS and is_right(key) and can_be_typed(key)]
    if len(keys) != 1 or 2 * filled(rows, keys[0]) <= len(rows):
        return guess
    if not all(isinstance(row.get(keys[0], ""), str) and len(row.get(keys[0], "")) <= _LONGEST for row in rows):
        return guess
    return Guess.of({"prompt": found["messages"], "response": keys[0], "category": keys[0]})

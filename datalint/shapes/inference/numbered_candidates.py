"""Answers with numbers in their names that are compared with a reference, or are by systems with the same numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.guess import Guess, can_be_typed
from datalint.shapes.side_keys import is_reference, names_system

_DIGITS: Final = "0123456789"
#: Rows that are looked at, and the share of them that have a reference, at least.
_ROWS: Final = 50
_NEARLY_ALL: Final = 0.9


def without_candidates(guess: Guess | None, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return a guess that learns one of several numbered answers with the only reference next to them instead.

    It is a proposal then. Without a reference, answers of systems whose names have the same numbers (``system1``) are
    there to be compared, and none of them is learned.
    """
    found = {} if guess is None else dict(guess.columns)
    answer = found.get("response", "")
    if guess is None or not rows or answer not in rows[0] or "prompt" not in found or is_reference(answer):
        return guess
    stem, numbers = _stem(answer), _numbered(rows[0], _stem(answer))
    if not stem or len(numbers) < 2:
        return guess
    # A list has several references for a row.
    references = [key for key in rows[0] if is_reference(key) or is_reference(key.removesuffix("s"))]
    references = [key for key in references if can_be_typed(key) and key not in guess.named]
    references = [key for key in references if _are_texts([row.get(key) for row in rows[:_ROWS]])]
    if len(references) == 1:
        more = {meaning: key for meaning, key in found.items() if key != answer}
        return Guess.of(more | {"response": references[0]})
    stems = {_stem(key) for key in rows[0]} - {"", stem}
    systems = [each for each in stems if names_system(each) and _numbered(rows[0], each) == numbers]
    return None if systems else guess


def _stem(key: str) -> str:
    """Return a key without the number at its end; empty for a key without one, or with nothing else."""
    bare = key.rstrip(_DIGITS)
    return "" if bare == key else bare.rstrip("_- ")


def _numbered(row: Mapping[str, Any], stem: str) -> set[str]:
    return {key[len(key.rstrip(_DIGITS)) :] for key in row if stem and _stem(key) == stem}


def _are_texts(values: Sequence[object]) -> bool:
    """Whether nearly all values are texts of several words, or lists of them."""
    first = [value[0] if isinstance(value, list) and value else value for value in values]
    return sum(isinstance(each, str) and " " in each.strip() for each in first) >= _NEARLY_ALL * len(values)

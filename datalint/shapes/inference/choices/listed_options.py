"""Lists of lettered options: what a question asks to choose from, and no answer to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.records.options import LETTERS, after_letter
from datalint.shapes.guess import JOIN, Guess, keys_of

#: Options of a question at least, rows that are looked at, and the share of them that must have such a list.
_LEAST: Final = 2
_ROWS: Final = 200
_NEARLY_ALL: Final = 0.9


def without_listed_options(guess: Guess | None, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return a guess whose only response are the options of a question (A) …, B) …) with these in its context."""
    found = {} if guess is None else dict(guess.columns)
    answers = keys_of("response", found.get("response", ""))
    if guess is None or len(answers) != 1 or not answers[0] or "prompt" not in found:
        return guess
    values = [value for row in rows[:_ROWS] if (value := row.get(answers[0])) is not None]
    if not values or sum(map(_are_options, values)) < _NEARLY_ALL * len(values):
        return guess
    read = JOIN.join(filter(None, (found.get("context", ""), answers[0])))
    left = {meaning: key for meaning, key in found.items() if meaning != "response" and key != answers[0]}
    return Guess.of(left | {"context": read})


def _are_options(value: object) -> bool:
    """Return whether a value is a list of texts that begin with the first letters of the alphabet, in their order."""
    if not isinstance(value, list) or len(value) < _LEAST or len(value) > len(LETTERS):
        return False
    return all(
        isinstance(each, str) and after_letter(each)[0] == letter for each, letter in zip(value, LETTERS, strict=False)
    )

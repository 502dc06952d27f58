"""The choice of a guess for a row of unknown shape, and the keys that such rows share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from datalint.shapes.key_paths import has_key, top_of

if TYPE_CHECKING:
    from datalint.shapes.guess import Guess


def guess_about(guesses: Sequence[Guess], value: Mapping[str, Any]) -> Guess | None:
    """Return the first guess about rows with all keys of ``value``, if ``value`` has the keys that the guess requires.

    It may have more keys than the rows that were looked at if it has all that these share.
    """
    keys = value.keys()
    about = (each for each in guesses if each.keys >= keys or (each.common and keys >= set(each.common)))
    return next((each for each in about if all(has_key(value, key) for key in each.required)), None)


def layout_of(guess: Guess | None, value: Mapping[str, Any]) -> tuple[tuple[str, ...], int]:
    """Return the keys that all rows like this one have, and the number of other keys; its own keys without a guess."""
    if guess is None or not guess.common or not value.keys() >= set(guess.common):
        return tuple(value), 0
    return guess.common, len(guess.keys) - len(guess.common)


def lacking_of(guesses: Sequence[Guess], value: Mapping[str, Any]) -> str | None:
    """Return the only key of a guess that a row of unknown shape lacks; None if it lacks none or several."""
    for guess in guesses:
        missing = [key for key in guess.required if value.get(key, value.get(top_of(key))) is None]
        if len(missing) == 1 and guess.keys >= value.keys():
            return missing[0]
    return None

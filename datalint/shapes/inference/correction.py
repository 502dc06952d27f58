"""The class :class:`Correction`: a step that improves a guess, with when it applies and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import Enum
from typing import Any

from datalint.shapes.guess import Guess
from datalint.support.named_tuple import NamedTuple


class When(Enum):
    """Which guesses a correction may change."""

    ALWAYS = "any guess, or none"
    FOUND = "any guess"
    MISSING = "no guess"
    UNCLEAR = "an unclear guess"
    NOT_CLEAR = "an unclear guess, or none"

    def holds(self, guess: Guess | None) -> bool:
        """Return whether a guess is one of these."""
        if guess is None:
            return self in (When.ALWAYS, When.MISSING, When.NOT_CLEAR)
        return self in (When.ALWAYS, When.FOUND) or (self is not When.MISSING and not guess.clear)


class Correction(NamedTuple):
    """A step from a guess to a better one, or to none; it returns other guesses as they are.

    ``correct`` takes the guess and what it is about: rows, or columns and rows. ``when`` says which guesses it is asked
    about, and ``why`` what the rows that it is for say.
    """

    correct: Callable[..., Guess | None]
    when: When
    why: str


def corrected(guess: Guess | None, corrections: Iterable[Correction], *about: Any) -> Guess | None:
    """Return the guess after all corrections, each of which sees what those before it returned."""
    for each in corrections:
        if each.when.holds(guess):
            guess = each.correct(guess, *about)
    return guess

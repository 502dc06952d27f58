"""The guess about rows that is clear, or worth proposing, before anything corrects it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from datalint.shapes.evidence.sampling import columns_of
from datalint.shapes.guess import Guess
from datalint.shapes.inference.from_rows import guess_of
from datalint.shapes.inference.given_answers import without_given_answer
from datalint.shapes.inference.proposal_limits import is_worth
from datalint.shapes.inference.texts.two_continuations import two_continuations
from datalint.shapes.inference.unfit_guesses import is_unfit


def worthy_guess(rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about rows that is clear, or worth proposing; None for any other."""
    guess = guess_of(rows)
    if guess is None or is_unfit(guess, rows):
        return None
    if (answers := two_continuations(guess, rows)) is not None:
        return answers
    if guess.clear or is_worth(guess, columns_of(rows), rows):
        return guess
    asked = without_given_answer(guess)
    return asked if asked is not None and is_worth(asked, columns_of(rows), rows) else None

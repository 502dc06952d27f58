"""Two texts that continue one beginning: the answers of two models to it, of which nothing says which is better."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.continuations import are_continuations
from datalint.shapes.guess import Guess

#: Answers that are compared.
_BOTH: Final = 2


def two_continuations(guess: Guess, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the proposal to compare a prompt and a response that continue one beginning; None for any other guess.

    Neither of them is what the other one answers, unless names say so, as of a summary that begins as its text does.
    The first one is proposed as the better answer, which is for the user to say.
    """
    found = dict(guess.columns)
    one, other = found.get("prompt"), found.get("response")
    if (
        one is None
        or other is None
        or guess.basis == "names"
        or not are_continuations((row.get(one), row.get(other)) for row in rows)
    ):
        return None
    return Guess.of({"chosen": one, "rejected": other})._replace(versions=_BOTH)

"""Evaluation sets whose messages are texts: what the user says, turn by turn, and nobody answers."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from datalint.engine.guesses.conversations import TURN_LISTS
from datalint.engine.guesses.sampling import ROWS
from datalint.support.text_lists import are_texts

if TYPE_CHECKING:
    from datalint.shapes.detect import Detector
    from datalint.shapes.guess import Guess

_MESSAGES: Final = "messages"
#: Rows at least, and the share of them that must have a single text, after which no other speaker has a turn.
_LEAST: Final = 3
_SINGLE: Final = 0.5


def scripted_turns(rows: Iterator[dict[str, Any]], detector: Detector) -> Guess | None:
    """Return the guess that messages are prompts; None unless all rows have texts, and many of them a single one.

    Where most rows have several, the texts may be the turns of two speakers who alternate.
    """
    some = [row for row in islice(rows, ROWS) if row]
    if len(some) < _LEAST or not all(are_texts(row.get(_MESSAGES)) for row in some):
        return None
    names = {detector.by_keys(row) for row in some}
    if not names <= TURN_LISTS or sum(len(row[_MESSAGES]) == 1 for row in some) < _SINGLE * len(some):
        return None
    from datalint.shapes.guess import Guess

    return Guess.of({"prompt": _MESSAGES}, clear=True, basis="values").about(some, *names)

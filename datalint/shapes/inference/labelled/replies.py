"""Proposals for rows of a turn, the reply to it and a label of both, where names say that the turn is the answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.names import CLASS, has_word
from datalint.shapes.evidence.sampled import LEAST_ROWS, Holds
from datalint.shapes.evidence.sampling import columns_of
from datalint.shapes.guess import JOIN, Guess
from datalint.support.names.turn_pairs import SPOKEN

#: What a label may be.
_LABELS: Final = (Holds.LABEL, Holds.NUMBER, Holds.OTHER)


def with_labelled_reply(guess: Guess | None, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the proposal to learn the label of what ``agent`` says and ``user`` replies, in this order.

    The guess is returned unchanged unless the two texts and the label are all that rows have, and the one who would
    answer speaks first. Keys in alphabetical order say nothing about who does.
    """
    if len(rows) < LEAST_ROWS:
        return guess
    keys = [*rows[0]]
    both = next((each for each in SPOKEN if each[0] in keys and each[1] in keys), None)
    if both is None or keys == sorted(keys) or keys.index(both[1]) > keys.index(both[0]):
        return guess
    asked, said = both
    if guess is not None and guess.clear and dict(guess.columns).get("response") != said:
        return guess
    others = [each for each in columns_of(rows) if each.key not in both]
    labels = [each for each in others if has_word(each.key, CLASS) and each.holds in _LABELS and each.short]
    if len(labels) != 1 or len(others) != 1:
        return guess
    return Guess.of({"prompt": f"{said}{JOIN}{asked}", "response": labels[0].key, "category": labels[0].key})

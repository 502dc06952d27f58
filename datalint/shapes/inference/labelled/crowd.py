"""Exports of CrowdFlower: what workers were asked has a twin for the right answer, and the rest is what they saw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.sampled import LEAST_ROWS, Holds
from datalint.shapes.evidence.sampling import columns_of
from datalint.shapes.guess import JOIN, Guess, can_be_typed, keys_of

#: Keys of the unit and the worker, and the ends of the twins of what was asked.
_UNIT: Final = "_unit_id"
_WORKER: Final = "_worker_id"
_GOLD: Final = "_gold"
_SURE: Final = ":confidence"


def of_crowd(guess: Guess | None, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about such rows: one that learns what workers saw learns what they were asked instead.

    It is a proposal where a unit has the answers of several workers, a row each: only the user can say which are right.
    """
    keys = {key for row in rows for key in row}
    if guess is None or _UNIT not in keys or len(rows) < LEAST_ROWS:
        return guess
    asked = {key for key in keys if f"{key}{_GOLD}" in keys or f"{key}{_SURE}" in keys}
    found = dict(guess.columns)
    learned = keys_of("response", found.get("response", ""))
    if asked and learned and asked.isdisjoint(learned):
        columns = [each for each in columns_of(rows) if each.key in asked and can_be_typed(each.key)]
        labels = [each.key for each in columns if each.holds is Holds.LABEL]
        # Of several, the one that has the name of what workers saw.
        same = [each.key for each in columns if each.key.rstrip("s") in {key.rstrip("s") for key in learned}]
        answers = labels if len(labels) == 1 else same
        if len(answers) != 1:
            return guess._replace(clear=False)
        seen = filter(None, (found.get("context", ""), found["response"]))
        found |= {"context": JOIN.join(seen), "response": answers[0], "category": answers[0]}
        guess = Guess.of(found)
    units = [row.get(_UNIT) for row in rows]
    return guess._replace(clear=False) if _WORKER in keys and len(set(units)) < len(units) else guess

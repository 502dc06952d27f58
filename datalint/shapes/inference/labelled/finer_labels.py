"""Proposals for tables without a header that also learn a column which says more than the label that it repeats."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.sampled import columns_of, is_unnamed
from datalint.shapes.guess import JOIN, Guess, keys_of

#: Characters of a label at least, and of what says more at most.
_SHORTEST: Final = 3
_LONGEST: Final = 400
#: Share of the rows that have such a value, and of these that repeat the label in it.
_HALF: Final = 0.5
_NEARLY_ALL: Final = 0.9


def with_finer(guess: Guess | None, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the proposal to learn a column like ``Fare#Price:negative`` next to ``negative`` too; else the guess."""
    found = {} if guess is None else dict(guess.columns)
    if guess is None or guess.clear or "response" not in found or "prompt" not in found:
        return guess
    learned = keys_of("response", found["response"])
    columns = columns_of(rows)
    if not all(map(is_unnamed, columns)):
        return guess
    asked = keys_of("prompt", found["prompt"])
    others = [each.key for each in columns if each.key not in (*asked, *learned)]
    finer = [key for key in others if _is_finer(rows, key, learned[-1])]
    if not finer:
        return guess
    # What has the label in it is no context of it.
    about = [key for key in keys_of("context", found.pop("context", "")) if key and key not in finer]
    found |= {"response": JOIN.join((*learned, *finer))} | ({"context": JOIN.join(about)} if about else {})
    return Guess.of(found)


def _is_finer(rows: Sequence[Mapping[str, Any]], key: str, label: str) -> bool:
    """Whether a column says more than the label of its rows, with the label in it."""
    pairs = [(row.get(key), row.get(label)) for row in rows]
    filled = [(said, short) for said, short in pairs if isinstance(said, str) and said and isinstance(short, str)]
    more = [short in said and _SHORTEST <= len(short) < len(said) <= _LONGEST for said, short in filled]
    return len(filled) >= _HALF * len(rows) and sum(more) >= _NEARLY_ALL * len(filled)

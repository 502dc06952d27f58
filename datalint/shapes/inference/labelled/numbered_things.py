"""Labels that compare two things, each of which has columns of its own with its number: ``title1``, ``title2``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.labels import is_class
from datalint.shapes.evidence.names import stem
from datalint.shapes.evidence.sampled import LEAST_ROWS, Holds, SampledColumn
from datalint.shapes.guess import JOIN, Guess, keys_of

#: Things that are compared.
_THINGS: Final = 2


def with_numbered_things(
    guess: Guess | None, columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]
) -> Guess | None:
    """Return a guess that learns a class of two things with all of their texts, if each has several, as its prompt."""
    found = {} if guess is None else dict(guess.columns)
    name = stem(found.get("prompt", ""))
    if guess is None or not name or len(rows) < LEAST_ROWS:
        return guess
    asked = (found["prompt"], *keys_of("context", found.get("context", "")))
    learned = [each for each in columns if each.key == found.get("response") and is_class(each)]
    texts = [each for each in columns if each.holds is Holds.TEXT and stem(each.key) and each not in learned]
    names = [stem(each.key) for each in texts]
    read = [each.key for each in texts if each.key[-1:].isdigit() and names.count(stem(each.key)) == _THINGS]
    several = len(read) > _THINGS and len(read) == len(texts)
    if not learned or not several or not {*filter(None, asked)} <= {*read}:
        return guess
    rest = {meaning: key for meaning, key in found.items() if meaning not in ("prompt", "context")}
    first, *others = read
    found = {"prompt": first, "context": JOIN.join(others)} | rest
    return Guess.of(found, clear=guess.clear, basis=guess.basis)
